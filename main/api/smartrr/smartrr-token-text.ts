import type { Result } from '../../../shared/result.ts';
import { tidySecretText } from '../secret-text.ts';

/** Checks a pasted Smartrr access token. Its format is not documented (subscription-platforms.md 1.1), so hardly anything is refused. */
export function checkSmartrrTokenText(raw: string): Result<string> {
  // People copy the whole header line from an example.
  return tidySecretText(raw.replace(/^\s*x-smartrr-access-token\s*:/i, ''), 'access token');
}

import type { Result } from '../../../shared/result.ts';

export function checkSmartrrTokenText(_raw: string): Result<string> {
  throw new Error('Not built yet');
}

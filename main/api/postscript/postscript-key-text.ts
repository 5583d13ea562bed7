import type { Result } from '../../../shared/result.ts';

export function checkPostscriptKeyText(_raw: string): Result<string> {
  throw new Error('Not built yet');
}

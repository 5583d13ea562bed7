import type { RemoteError, RemoteResult } from '../../shared/domain/remote.ts';

const tries = 3;
const firstDelayMs = 500;
const longestDelayMs = 30_000;

export type RetryReads = <T>(read: () => Promise<RemoteResult<T>>) => Promise<RemoteResult<T>>;

export type RetryReadsOptions = Readonly<{
  sleep: (ms: number) => Promise<void>;
  /** From 0 up to 1, like Math.random. */
  random: () => number;
}>;

/**
 * Repeats a read that may succeed in a moment (subscription-platforms.md 1.2, rate limits).
 *
 * Only for reads. A write is made once: whether an unanswered one was applied is not known, and a second skip would
 * skip the next order too.
 */
export function createRetryReads({ sleep, random }: RetryReadsOptions): RetryReads {
  return async (read) => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await read();
      if (result.ok || attempt >= tries || !mayPass(result.error)) return result;
      await sleep(delayBefore(attempt, result.error.retryAfterMs, random()));
    }
  };
}

/** Half fixed, half random, so that several consoles that failed together do not come back together. */
function delayBefore(attempt: number, retryAfterMs: number | null, random: number): number {
  if (retryAfterMs !== null) return Math.min(longestDelayMs, retryAfterMs);
  const full = firstDelayMs * 2 ** (attempt - 1);
  return Math.round(full / 2 + (full / 2) * random);
}

function mayPass({ kind }: RemoteError): boolean {
  switch (kind) {
    case 'rate_limited':
    case 'server_error':
    case 'not_sent':
    case 'no_answer':
      return true;
    case 'key_refused':
    case 'plan_refused':
    case 'not_found':
    case 'rejected':
    case 'bad_answer':
      return false;
  }
}

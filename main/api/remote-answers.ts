import type { RemoteError, RemoteErrorKind, RemoteResult } from '../../shared/domain/remote.ts';
import { cutText } from './errors.ts';
import type { HttpAnswer } from './http-types.ts';

/** An error that this side found, before or after the exchange. */
export function toRemoteError(kind: RemoteErrorKind, message: string, status: number | null = null): RemoteError {
  return { kind, status, message, fieldErrors: [], retryAfterMs: null, body: null };
}

export function refuse(kind: RemoteErrorKind, message: string): RemoteResult<never> {
  return { ok: false, error: toRemoteError(kind, message) };
}

/** A 2xx answer that does not hold what was promised. The start of its body is kept for whoever looks into it. */
export function badAnswer(answer: HttpAnswer, message: string): RemoteResult<never> {
  return {
    ok: false,
    error: { ...toRemoteError('bad_answer', message, answer.status), body: cutText(answer.text, 2000) },
  };
}

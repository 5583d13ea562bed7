import type { RemoteError, RemoteErrorKind } from '../../../shared/domain/remote.ts';
import { fail, type ErrorCode, type Result } from '../../../shared/result.ts';

const codes: Record<RemoteErrorKind, ErrorCode> = {
  key_refused: 'key_refused',
  plan_refused: 'plan_refused',
  not_found: 'bad_answer',
  rejected: 'bad_answer',
  rate_limited: 'unreachable',
  server_error: 'unreachable',
  bad_answer: 'bad_answer',
  not_sent: 'unreachable',
  no_answer: 'unreachable',
};

const nextSteps: Record<RemoteErrorKind, string> = {
  key_refused: 'Copy the key again and check that it was not deleted.',
  plan_refused: 'The key is right, but the plan or its permissions do not allow this. Ask your representative.',
  not_found: 'Check the address.',
  rejected: 'Check the address and the key.',
  rate_limited: 'Wait a minute and try again.',
  server_error: 'Try again in a few minutes.',
  bad_answer: 'Something between here and the service answered in its place: a proxy, a firewall or a log-in page.',
  not_sent: 'Check the internet connection.',
  no_answer: 'Check the internet connection and try again.',
};

/** What a service answered instead of what a person wanted, with the code, the words and the way on. */
export function toFailure({ kind, message }: RemoteError): Result<never> {
  return fail(codes[kind], message, nextSteps[kind]);
}

/** The same where a key was to be kept. */
export function toUnverified(service: string, error: RemoteError): Result<never> {
  const message = `${service} could not be verified: ${error.message} Nothing was saved.`;
  return fail(codes[error.kind], message, nextSteps[error.kind]);
}

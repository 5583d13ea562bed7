import type { RemoteError, RemoteErrorKind } from '../../shared/domain/remote.ts';

/** Failures of making the connection; nothing of the request was written yet. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The other side could not prove who it is. undici writes the request only after this check. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
]);

type Failure = Readonly<{ code: string; syscall: string; message: string }>;

/**
 * What a request that threw instead of answering means (postscript-api.md 10, rule 3).
 *
 * `not_sent` only when it is certain, because such a request is repeated by itself and a text must not go out twice.
 * Everything else is `no_answer`. Messages name Node's error code and nothing else: its own texts may quote a header.
 */
export function toFetchFailure(thrown: unknown, service: string, isTimeout: boolean, timeoutMs: number): RemoteError {
  if (isTimeout) return failure('no_answer', `${service} did not answer within ${timeoutMs / 1000} s.`);
  const causes = listFailures(thrown);
  const code = causes.find((cause) => cause.code !== '')?.code ?? '';
  const suffix = code === '' ? '' : ` (${code})`;
  if (causes.some(isUntrusted))
    return failure('not_sent', `${service} could not be reached safely: its certificate was not accepted${suffix}.`);
  if (causes.some(isNeverConnected)) return failure('not_sent', `${service} could not be reached${suffix}.`);
  return failure('no_answer', `The connection to ${service} broke before an answer came${suffix}.`);
}

function failure(kind: RemoteErrorKind, message: string): RemoteError {
  return { kind, status: null, message, fieldErrors: [], retryAfterMs: null, body: null };
}

/** fetch hides the reason in `cause`, and a host with several addresses gives one error per address. */
function listFailures(thrown: unknown, depth = 0): Failure[] {
  if (!(thrown instanceof Error) || depth > 5) return [];
  const inner = thrown instanceof AggregateError ? thrown.errors : [];
  return [
    { code: textOf(thrown, 'code'), syscall: textOf(thrown, 'syscall'), message: thrown.message },
    ...inner.flatMap((error: unknown) => listFailures(error, depth + 1)),
    ...listFailures(thrown.cause, depth + 1),
  ];
}

function textOf(error: Error, key: 'code' | 'syscall'): string {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : '';
}

function isUntrusted({ code }: Failure): boolean {
  return untrusted.has(code) || code.startsWith('CERT_') || code.startsWith('ERR_TLS_CERT');
}

function isNeverConnected({ code, syscall, message }: Failure): boolean {
  // EHOSTUNREACH, ENETUNREACH and ETIMEDOUT can also end a connection that already carried the request.
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  if (neverConnected.has(code)) return true;
  // Node's own words for a TLS handshake that was cut off; the code alone (ECONNRESET) would not tell it apart.
  return code === 'ECONNRESET' && message.startsWith('Client network socket disconnected before secure TLS');
}

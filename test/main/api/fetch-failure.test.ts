import { expect, it } from 'vitest';
import { toFetchFailure } from '../../../main/api/fetch-failure.ts';

/** As undici throws it: the reason is the cause. */
function thrownBy(reason: Readonly<{ code: string; syscall?: string }>): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('secret header text'), reason) });
}

it.each([
  { code: 'ENOTFOUND', syscall: 'getaddrinfo' },
  { code: 'EAI_AGAIN', syscall: 'getaddrinfo' },
  { code: 'ECONNREFUSED', syscall: 'connect' },
  { code: 'EHOSTUNREACH', syscall: 'connect' },
  { code: 'ENETUNREACH', syscall: 'connect' },
  { code: 'ETIMEDOUT', syscall: 'connect' },
  { code: 'UND_ERR_CONNECT_TIMEOUT' },
  { code: 'CERT_HAS_EXPIRED' },
  { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  { code: 'SELF_SIGNED_CERT_IN_CHAIN' },
])('takes $code ($syscall) for not sent', (reason) => {
  expect(toFetchFailure(thrownBy(reason), 'Postscript', false, 1000).kind).toBe('not_sent');
});

it.each([
  { code: 'ECONNRESET', syscall: 'read' },
  { code: 'EHOSTUNREACH', syscall: 'write' },
  { code: 'ENETUNREACH', syscall: 'read' },
  { code: 'ETIMEDOUT', syscall: 'read' },
  { code: 'EPIPE', syscall: 'write' },
  { code: 'UND_ERR_SOCKET' },
  { code: 'UND_ERR_HEADERS_TIMEOUT' },
  { code: 'ERR_SSL_BAD_RECORD_TYPE' },
])('does not know what became of a request after $code ($syscall)', (reason) => {
  expect(toFetchFailure(thrownBy(reason), 'Postscript', false, 1000).kind).toBe('no_answer');
});

it('finds the reason when each address of a host failed', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' });
  const thrown = new TypeError('fetch failed', { cause: new AggregateError([refused, refused]) });
  expect(toFetchFailure(thrown, 'Smartrr', false, 1000)).toMatchObject({
    kind: 'not_sent',
    message: 'Smartrr could not be reached (ECONNREFUSED).',
  });
});

it('knows nothing about something that is not an error', () => {
  expect(toFetchFailure('odd', 'Smartrr', false, 1000).kind).toBe('no_answer');
});

it("never repeats the error's own text", () => {
  const reasons = [{ code: 'ECONNRESET' }, { code: 'CERT_HAS_EXPIRED' }, { code: 'ENOTFOUND' }];
  const messages = reasons.map((reason) => toFetchFailure(thrownBy(reason), 'Postscript', false, 1000).message);
  expect(messages.join(' ')).not.toContain('secret');
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../main/api/http.ts';
import type { Http, HttpOptions } from '../../../main/api/http-types.ts';
import type { RemoteErrorKind } from '../../../shared/domain/remote.ts';
import { closedPort, sendJson, serve, serveSockets, type Answerer } from './loopback-server.ts';

const key = 'sk_practice_not_a_real_key';
// Long enough for any machine: only tests in which nobody ever answers wait for a timeout, and they set their own.
const patient = 20_000;

function httpTo(baseUrl: string, options: Partial<HttpOptions> = {}): Http {
  const headers = (): Record<string, string> => ({ authorization: `Bearer ${key}` });
  return createHttp({ baseUrl, headers, timeoutMs: patient, ...options });
}

async function setUp(answer: Answerer, options: Partial<HttpOptions> = {}) {
  const server = await serve(answer);
  return { server, http: httpTo(server.url, options) };
}

const writtenAt = Date.UTC(2027, 1, 22, 15, 0, 30);
const write = { method: 'POST', path: '/api/v2/events', body: { type: 'x' } } as const;
const read = { method: 'GET', path: '/api/v2/me' } as const;

describe('an exchange that works', () => {
  it('sends method, path, query, key and JSON body, and gives back the parsed answer', async () => {
    const { server, http } = await setUp((_seen, response) => {
      response.setHeader('date', new Date(writtenAt).toUTCString());
      sendJson(response, 202, { event_ids: ['e1'] });
    });
    const query = [
      ['filterAfter[updatedDate]', '2026-11-01T00:00:00.000Z'],
      ['orderBy[createdDate]', 'ASC'],
    ] as const;
    const result = await http.request({ ...write, query });
    expect(result).toEqual({
      ok: true,
      value: { status: 202, answeredAt: writtenAt, json: { event_ids: ['e1'] }, text: '{"event_ids":["e1"]}' },
    });
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        path: '/api/v2/events',
        query: ['filterAfter[updatedDate]=2026-11-01T00:00:00.000Z', 'orderBy[createdDate]=ASC'],
        body: { type: 'x' },
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          'content-type': 'application/json',
        },
      },
    ]);
  });

  it('takes an empty 2xx for an answer without content', async () => {
    const { http } = await setUp((_seen, response) => {
      response.sendDate = false;
      response.writeHead(204).end();
    });
    const value = { status: 204, answeredAt: null, json: null, text: '' };
    expect(await http.request(write)).toEqual({ ok: true, value });
  });

  it('does not take for a date what is none', async () => {
    const { http } = await setUp((_seen, response) => void response.writeHead(204, { date: 'soon' }).end());
    expect(await http.request(write)).toMatchObject({ value: { answeredAt: null } });
  });

  it('keeps a path that belongs to the base URL', async () => {
    const { server } = await setUp((_seen, response) => sendJson(response, 200, {}));
    await httpTo(`${server.url}/inbox/`).request({ method: 'GET', path: '/responses' });
    expect(server.seen[0]?.path).toBe('/inbox/responses');
  });

  it('asks the limiter before each request and the key anew each time', async () => {
    const takes: string[] = [];
    const keys = ['first-key-text', 'second-key-text'];
    const limiter = { take: () => Promise.resolve(void takes.push('take')) };
    const headers = (): Record<string, string> => ({ 'x-smartrr-access-token': keys.shift() ?? '' });
    const { server, http } = await setUp((_seen, response) => sendJson(response, 200, {}), { limiter, headers });
    await http.request(read);
    await http.request(read);
    expect(takes).toHaveLength(2);
    expect(server.seen.map(({ headers: sent }) => sent['x-smartrr-access-token'])).toEqual([
      'first-key-text',
      'second-key-text',
    ]);
  });
});

describe('what a status means', () => {
  const kinds: readonly (readonly [number, RemoteErrorKind])[] = [
    [300, 'bad_answer'],
    [304, 'bad_answer'],
    [400, 'rejected'],
    [401, 'key_refused'],
    [402, 'rejected'],
    [403, 'plan_refused'],
    [404, 'not_found'],
    [405, 'rejected'],
    [408, 'no_answer'],
    [409, 'rejected'],
    [410, 'not_found'],
    [415, 'rejected'],
    [418, 'rejected'],
    [422, 'rejected'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [502, 'server_error'],
    [503, 'server_error'],
    [504, 'server_error'],
    [529, 'server_error'],
  ];

  it.each(kinds)('takes %i for %s, after a single request', async (status, kind) => {
    const { server, http } = await setUp((_seen, response) => void response.writeHead(status).end());
    expect(await http.request(write)).toMatchObject({ ok: false, error: { kind, status } });
    expect(server.seen).toHaveLength(1);
  });

  it('keeps the status of an error whose body breaks off', async () => {
    const { http } = await setUp((_seen, response) => {
      response.writeHead(429, { 'content-length': '1000', 'retry-after': '7' });
      response.write('{"error_code"', () => response.destroy());
    });
    expect(await http.request(write)).toMatchObject({
      ok: false,
      error: { kind: 'rate_limited', status: 429, retryAfterMs: 7000 },
    });
  });

  it('cuts the body of an error to 2,000 characters', async () => {
    const { http } = await setUp((_seen, response) => void response.writeHead(500).end('x'.repeat(50_000)));
    const result = await http.request(write);
    expect(result.ok || result.error.body?.length).toBe(2000);
  });
});

describe('connections that fail', () => {
  it('tells a refused connection from a request that left', async () => {
    const result = await httpTo(`http://127.0.0.1:${await closedPort()}`).request(write);
    expect(result).toMatchObject({ ok: false, error: { kind: 'not_sent', status: null } });
  });

  it('takes a server that does not speak TLS for not sent', async () => {
    const port = await serveSockets((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const result = await httpTo(`https://127.0.0.1:${port}`).request(write);
    expect(result).toMatchObject({ ok: false, error: { kind: 'not_sent' } });
  });

  it('takes a connection that is cut during the TLS handshake for not sent', async () => {
    const port = await serveSockets((socket) => void socket.once('data', () => socket.end()));
    const result = await httpTo(`https://127.0.0.1:${port}`).request(write);
    expect(result).toMatchObject({ ok: false, error: { kind: 'not_sent' } });
  });

  it('does not know what became of a write whose connection is reset after the request left', async () => {
    const { server, http } = await setUp((_seen, response) => void response.socket?.resetAndDestroy());
    expect(await http.request(write)).toMatchObject({ ok: false, error: { kind: 'no_answer', status: null } });
    expect(server.seen).toHaveLength(1);
  });

  it('does not know what became of a write that nobody answers in time', async () => {
    const { server, http } = await setUp(() => undefined, { timeoutMs: 300 });
    const result = await http.request(write);
    expect(result).toMatchObject({ ok: false, error: { kind: 'no_answer' } });
    expect(result.ok || result.error.message).toBe('The service did not answer within 0.3 s.');
    expect(server.seen.length).toBeLessThanOrEqual(1);
  });

  it('does not know what became of a write whose 2xx breaks off in the body', async () => {
    const { http } = await setUp((_seen, response) => {
      response.writeHead(202, { 'content-length': '1000' });
      response.write('{"event_ids":', () => response.socket?.resetAndDestroy());
    });
    expect(await http.request(write)).toMatchObject({ ok: false, error: { kind: 'no_answer' } });
  });

  it('gives up a body that never ends', async () => {
    const { http } = await setUp((_seen, response) => void response.writeHead(200).write('{'), { timeoutMs: 300 });
    expect(await http.request(read)).toMatchObject({ ok: false, error: { kind: 'no_answer' } });
  });
});

describe('answers that are not what they should be', () => {
  it('takes a web page with 200 for a bad answer and keeps its start', async () => {
    const { http } = await setUp((_seen, response) => void response.writeHead(200).end('<html>Please log in</html>'));
    expect(await http.request(read)).toMatchObject({
      ok: false,
      error: { kind: 'bad_answer', status: 200, body: '<html>Please log in</html>' },
    });
  });

  it('takes JSON that was cut short for a bad answer', async () => {
    const { http } = await setUp((_seen, response) => void response.writeHead(200).end('{"data":[{"id":'));
    expect(await http.request(read)).toMatchObject({ ok: false, error: { kind: 'bad_answer', status: 200 } });
  });

  it('stops reading a body of more than 10 MB', async () => {
    const { http } = await setUp((_seen, response) => void response.writeHead(200).end(`"${'x'.repeat(10_485_760)}"`));
    const result = await http.request(read);
    expect(result).toMatchObject({ ok: false, error: { kind: 'bad_answer', status: 200 } });
    expect(result.ok || result.error.body?.length).toBe(2000);
  });

  it('counts what a packed body unpacks to', async () => {
    const packed = gzipSync(JSON.stringify('x'.repeat(100_000)));
    const { http } = await setUp(
      (_seen, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
      { maxBodyBytes: 10_000 },
    );
    expect(await http.request(read)).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a %i, so the key stays with its host', async (status) => {
    const elsewhere = await serve((_seen, response) => sendJson(response, 200, {}));
    const { http } = await setUp((_seen, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/steal` }).end();
    });
    expect(await http.request(write)).toMatchObject({ ok: false, error: { kind: 'bad_answer', status } });
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('secrets', () => {
  it('removes the key from what an error keeps', async () => {
    const { http } = await setUp((_seen, response) => sendJson(response, 401, { error: `Bad key ${key}`, key }));
    const result = await http.request(read);
    expect(result).toMatchObject({ ok: false, error: { kind: 'key_refused' } });
    expect(JSON.stringify(result)).not.toContain(key);
  });

  it('removes the key from the text of an answer that works', async () => {
    const { http } = await setUp((_seen, response) => sendJson(response, 200, { seen: key }));
    const result = await http.request(read);
    expect(result.ok && result.value.text).toBe('{"seen":"[removed]"}');
  });

  it('removes secrets that were in the body', async () => {
    const { http } = await setUp((seen, response) => sendJson(response, 422, { message: JSON.stringify(seen.body) }));
    const secret = 'our-own-header-secret';
    const result = await http.request({ ...write, body: { headers: { secret } }, secrets: [secret] });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  it('sends nothing with a key that cannot be written in a header, and does not quote it', async () => {
    const { server, http } = await setUp((_seen, response) => sendJson(response, 200, {}), {
      headers: () => ({ authorization: 'Bearer ключ\nX-Evil: 1' }),
    });
    const result = await http.request(read);
    expect(result).toMatchObject({ ok: false, error: { kind: 'rejected', status: null } });
    expect(JSON.stringify(result)).not.toContain('ключ');
    expect(server.seen).toEqual([]);
  });
});

describe('paths', () => {
  it.each(['/vendor/a/../ccpa', '/vendor/%2e%2e/ccpa', 'vendor', '/a?b=1', '/a#b', '/a b', '/\\evil'])(
    'sends nothing to %s',
    async (path) => {
      const { server, http } = await setUp((_seen, response) => sendJson(response, 200, {}));
      expect(await http.request({ method: 'GET', path })).toMatchObject({ ok: false, error: { kind: 'rejected' } });
      expect(server.seen).toEqual([]);
    },
  );

  it('refuses to be made for an address that is not safe', () => {
    expect(() => httpTo('http://api.example.com')).toThrow('https://');
  });
});

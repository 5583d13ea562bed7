import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { pageKeyHeader } from '../../../shared/page-key.ts';
import { close, listen } from './hostile-site.ts';

type SignedIn = Readonly<{ port: number; cookie: string; pageKey: string }>;

const guards = [
  'content-security-policy',
  'x-frame-options',
  'x-content-type-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
];

/**
 * The control: the console as it would be if it asked nobody who he is or where he comes from, and let every page read
 * and frame it. What passes through here must be found, or the attacks are none.
 */
export async function serveOpenDoor({ port, cookie, pageKey }: SignedIn) {
  const own = {
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    cookie,
    [pageKeyHeader]: pageKey,
    'sec-fetch-site': 'same-origin',
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const reading = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      // Else the browser gives one origin what another one got, with the other's permission.
      vary: 'origin',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'content-type, x-http-method-override',
      'access-control-allow-methods': 'PUT',
    };
    if (request.method === 'OPTIONS') {
      response.writeHead(204, reading).end();
      return;
    }
    const { method = 'GET', url = '/', headers } = request;
    const asked = ask({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...own } }, (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !guards.includes(name));
      response.writeHead(answer.statusCode ?? 502, { ...Object.fromEntries(kept), ...reading });
      // A stream without an end would keep the other attacks waiting for a connection.
      if (url === '/api/events') answer.once('data', (chunk: Buffer) => response.end(chunk));
      else answer.pipe(response);
    });
    asked.on('error', () => response.destroy());
    response.once('close', () => asked.destroy());
    request.pipe(asked);
  });
  return { port: await listen(server), close: () => close(server) };
}

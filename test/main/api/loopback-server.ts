import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** One request as it reached the server. */
export type SeenRequest = Readonly<{
  method: string;
  /** Decoded, so that a test can be written the way the references are. */
  path: string;
  query: readonly string[];
  headers: IncomingMessage['headers'];
  body: unknown;
}>;

export type Answerer = (seen: SeenRequest, response: ServerResponse, count: number) => void;

export type LoopbackServer = Readonly<{ url: string; seen: SeenRequest[]; close: () => Promise<void> }>;

/** A real HTTP server for one test; `answer` is called with the number of requests before this one. */
export async function serve(answer: Answerer): Promise<LoopbackServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://loopback');
      const one: SeenRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: [...url.searchParams].map(([name, value]) => `${name}=${value}`),
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
      seen.push(one);
      answer(one, response, seen.length - 1);
    });
  });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${await listen(server)}`, seen, close };
}

/** A server that does not even speak HTTP. */
export async function serveSockets(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  return listen(server);
}

/** A port on which nobody listens any more. */
export async function closedPort(): Promise<number> {
  const server = createSocketServer();
  const port = await listen(server);
  await new Promise((done) => server.close(done));
  return port;
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected the server to have a port');
  return address.port;
}

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HostileSite = Readonly<{
  port: number;
  /** The headers of every request so far: what a visit tells the site without a script. */
  seen: readonly IncomingHttpHeaders[];
  close: () => Promise<void>;
}>;

/** A web server on this computer that is not ours, under every name that leads here. */
export async function serveHostileSite(): Promise<HostileSite> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Nice</title><body></body>');
  });
  return { port: await listen(server), seen, close: () => close(server) };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

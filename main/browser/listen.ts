import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { toPortProblem } from '../port-problem.ts';
import { isOwnUser } from './peer.ts';

type Listening = Readonly<{ port: number; close: () => Promise<void> }>;

/** On loopback only, for this user only. The app is made first and learns its port from the server that serves it. */
export async function listen(
  wanted: number,
  createApp: (port: () => number) => Pick<Hono, 'fetch'>,
  isOwn: (socket: Socket) => Promise<boolean> = isOwnUser,
): Promise<Listening> {
  const app = createApp(() => port);
  const verdicts = new WeakMap<Socket, Promise<boolean>>();
  const server = createAdaptorServer({
    fetch: async (request, { incoming }) => {
      const isAdmitted = await verdicts.get(incoming.socket);
      // Of who has gone meanwhile the kernel no longer says whose the connection was.
      const mayAsk = isAdmitted === true && !incoming.socket.destroyed;
      return mayAsk ? app.fetch(request) : new Response(null, { status: 403 });
    },
  });
  server.on('connection', (socket: Socket) => {
    const verdict = isOwn(socket);
    verdicts.set(socket, verdict);
    void verdict.then((isAdmitted) => {
      if (!isAdmitted) socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toPortProblem(error, wanted, '--port')));
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Tabs keep their event stream open for ever.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../../main/browser/listen.ts';

const request = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

/** A server that is told by the test whose each connection is. */
async function serve() {
  const verdicts: { socket: Socket; resolve: (isOwn: boolean) => void }[] = [];
  let asked = 0;
  const fetch = (): Response => {
    asked += 1;
    return new Response('hello');
  };
  const server = await listen(
    0,
    () => ({ fetch }),
    (socket) => new Promise((resolve) => verdicts.push({ socket, resolve })),
  );
  onTestFinished(server.close);
  /** Connects and asks; comes back when the server has read the question and waits for the verdict. */
  const ask = async () => {
    const client = connect(server.port, '127.0.0.1');
    await once(client, 'connect');
    client.write(request);
    while ((verdicts.at(-1)?.socket.bytesRead ?? 0) < request.length) await nextTurn();
    const verdict = verdicts.pop();
    if (verdict === undefined) throw new Error('Expected the server to ask whose the connection is');
    return { client, ...verdict };
  };
  return { ask, asked: () => asked };
}

it('answers a connection of its own user, and hangs up on one of another', async () => {
  const { ask, asked } = await serve();
  const own = await ask();
  own.resolve(true);
  const [answer] = (await once(own.client, 'data')) as [Buffer];
  expect(answer.toString()).toContain('HTTP/1.1 200 OK');
  own.client.destroy();

  const other = await ask();
  const isGone = once(other.client, 'close');
  other.resolve(false);
  await isGone;
  expect(asked()).toBe(1);
});

it('does nothing for who has hung up before the kernel has said whose the connection was', async () => {
  const { ask, asked } = await serve();
  const { client, socket, resolve } = await ask();
  const isClosed = once(socket, 'close');
  client.destroy();
  await isClosed;
  resolve(true);
  await nextTurn();
  expect(asked()).toBe(0);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Asked = Readonly<{ method: string; path: string }>;

/** An answer as it goes over the wire, whatever it promises to be. */
export type RawAnswer = Readonly<{ status: number; type: string; body: string; headers?: Record<string, string> }>;

/** An answer in the service's place, or a change of the JSON that the service gave; undefined lets it through. */
export type Twist = (asked: Asked) => RawAnswer | ((json: unknown) => unknown) | undefined;

export type TwistingProxy = Readonly<{ url: string; asked: Asked[]; twist: (next: Twist | undefined) => void }>;

/** Stands before a simulator and makes its answers worse than any simulator would. */
export async function startTwistingProxy(target: string): Promise<TwistingProxy> {
  const asked: Asked[] = [];
  let twist: Twist = () => undefined;

  async function answer(one: Asked, headers: Headers, body: Buffer): Promise<RawAnswer> {
    const instead = twist(one);
    if (instead !== undefined && typeof instead !== 'function') return instead;
    const answered = await fetch(`${target}${one.path}`, {
      method: one.method,
      headers,
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const text = await answered.text();
    return {
      status: answered.status,
      type: answered.headers.get('content-type') ?? 'text/plain',
      body: instead === undefined ? text : JSON.stringify(instead(JSON.parse(text))),
    };
  }

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const one = { method: incoming.method ?? '', path: incoming.url ?? '/' };
      asked.push(one);
      const headers = new Headers();
      for (const name of ['authorization', 'x-smartrr-access-token', 'content-type']) {
        const value = incoming.headers[name];
        if (typeof value === 'string') headers.set(name, value);
      }
      void answer(one, headers, Buffer.concat(chunks)).then(({ status, type, body, headers: more = {} }) =>
        outgoing.writeHead(status, { 'content-type': type, ...more }).end(body),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A TCP server has an address of this form once it listens.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    twist: (next) => {
      twist = next ?? (() => undefined);
    },
  };
}

export const html: RawAnswer = {
  status: 200,
  type: 'text/html',
  body: '<!doctype html><html><body><h1>Welcome to the hotel</h1>Please log in.</body></html>',
};

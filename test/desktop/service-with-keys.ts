import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Door = Readonly<{
  target: string;
  header: 'authorization' | 'x-smartrr-access-token';
  prefix: string;
  /** What the merchant has, and what the simulator behind this knows. */
  key: string;
  realKey: string;
}>;

export type ServiceWithKey = Readonly<{ url: string; setRefusing: (isRefusing: boolean) => void }>;

/** Stands before a simulator, takes a key of the test's own, and repeats in its refusals the key that it was shown. */
export async function startServiceWithKey({ target, header, prefix, key, realKey }: Door): Promise<ServiceWithKey> {
  let isRefusing = false;
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const shown = String(incoming.headers[header] ?? '');
      if (isRefusing || shown !== prefix + key) {
        const body = { errors: [{ code: 401, message: `No such key: ${shown}`, detail: shown }], error: shown };
        outgoing.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        return;
      }
      const body = Buffer.concat(chunks);
      void fetch(target + (incoming.url ?? '/'), {
        method: incoming.method ?? 'GET',
        headers: {
          [header]: prefix + realKey,
          'content-type': incoming.headers['content-type'] ?? 'application/json',
        },
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      }).then(async (answer) => {
        outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
        outgoing.end(Buffer.from(await answer.arrayBuffer()));
      });
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
    setRefusing: (value) => {
      isRefusing = value;
    },
  };
}

import { createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Recorded = Readonly<{ method: string; path: string; body: unknown }>;

async function readText(stream: IncomingMessage): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** Answers in the simulator's place; undefined lets the request through. */
export type Intercept = (
  request: Recorded,
) => Readonly<{ status: number; body: unknown }> | undefined | Promise<undefined>;

export type RecordingProxy = Readonly<{ url: string; seen: Recorded[]; intercept: (answer: Intercept) => void }>;

/** Stands in front of a simulator and writes down what it was asked, whatever became of the answer. */
export async function openRecordingProxy(
  target: string,
): Promise<RecordingProxy & Readonly<{ close: () => Promise<void> }>> {
  const seen: Recorded[] = [];
  let answerInstead: Intercept = () => undefined;
  const server = createServer((incoming, outgoing) => {
    void readText(incoming).then(async (text) => {
      const path = incoming.url ?? '/';
      const body: unknown = text === '' ? null : JSON.parse(text);
      const recorded = { method: incoming.method ?? '', path, body };
      seen.push(recorded);
      const instead = await answerInstead(recorded);
      if (instead !== undefined) {
        outgoing.writeHead(instead.status, { 'content-type': 'application/json' }).end(JSON.stringify(instead.body));
        return;
      }
      const { hostname, port } = new URL(target);
      const headers = { ...incoming.headers, host: `${hostname}:${port}` };
      const forwarded = ask({ hostname, port, path, method: incoming.method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', () => incoming.socket.resetAndDestroy());
      });
      // A cut connection behind the proxy is a cut connection in front of it, and the other way round.
      forwarded.on('error', () => incoming.socket.resetAndDestroy());
      outgoing.on('close', () => forwarded.destroy());
      forwarded.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    intercept: (answer) => {
      answerInstead = answer;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One that is gone when the test ends. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const proxy = await openRecordingProxy(target);
  onTestFinished(proxy.close);
  return proxy;
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { securityHeaders } from '../../main/renderer-files.ts';
import { channels, type Channel } from '../../shared/ipc/channels.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { FakeBridge } from './fake-bridge.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const immutable = { 'cache-control': 'public, max-age=31536000, immutable' };

/** A page of the console's origin in which nothing runs. */
export const emptyPage = 'empty';

export type FakeHost = Readonly<{
  url: string;
  /** Another engine, from when the console is loaded anew. */
  serve: (bridge: FakeBridge) => void;
  isListening: () => boolean;
  close: () => Promise<void>;
}>;

/** Serves the built console and the fake engine over the browser host's protocol. Inputs and outputs are both checked. */
export async function startFakeHost(folder: string, first: FakeBridge, port = 0): Promise<FakeHost> {
  let bridge = first;
  let next = first;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/api/events') {
      streamEvents(request, response, bridge);
      return;
    }
    if (path === '/api/call') {
      const result = await handle(bridge, await readBody(request));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
      return;
    }
    if (path === `/${emptyPage}`) {
      // With an icon, or the browser would ask for one and complain that there is none.
      const body = '<!doctype html><link rel="icon" href="data:,">';
      response.writeHead(200, { ...securityHeaders, 'content-type': types['.html'] }).end(body);
      return;
    }
    if (path === '/') bridge = next;
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    const body = await readFile(file).catch(() => null);
    if (body === null) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    // The real hosts' headers: the console must work under exactly their policy.
    const headers = { ...securityHeaders, 'content-type': type, ...(path.startsWith('/assets/') && immutable) };
    response.writeHead(200, headers).end(body);
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected the fake host to have a port');

  return {
    url: `http://127.0.0.1:${address.port}/`,
    serve: (other) => {
      next = other;
    },
    isListening: () => server.listening,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Event streams never end by themselves.
        server.closeAllConnections();
      }),
  };
}

function streamEvents(request: IncomingMessage, response: ServerResponse, bridge: FakeBridge): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  const stop = bridge.subscribe(() => response.write('data: changed\n\n'));
  request.on('close', stop);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
}

function isChannel(value: unknown): value is Channel {
  return channels.some((channel) => channel === value);
}

async function handle(bridge: FakeBridge, body: unknown): Promise<Result<unknown>> {
  if (typeof body !== 'object' || body === null || !('channel' in body) || !isChannel(body.channel)) {
    return fail('invalid_input', 'Unknown channel');
  }
  const { channel } = body;
  const input = contract[channel].input.safeParse('input' in body ? body.input : undefined);
  if (!input.success) return fail('invalid_input', `${channel}: ${input.error.message}`);
  // TypeScript cannot pair a channel in a variable with its own handler.
  const run = bridge.handlers[channel] as (input: unknown) => Result<unknown> | Promise<Result<unknown>>;
  const result = await run(input.data);
  // The fake must not drift from the contract, or the console would be tested against something that does not exist.
  if (result.ok) contract[channel].output.parse(result.value);
  return result;
}

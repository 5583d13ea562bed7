import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { createBrowserApp } from '../../main/browser/app.ts';
import { createEventStream } from '../../main/browser/event-stream.ts';
import { createSessions } from '../../main/browser/session.ts';
import { createRendererFiles } from '../../main/renderer-files.ts';
import type { Router } from '../../main/contract-router.ts';
import { ok } from '../../shared/result.ts';
import { pageKeyHeader, pageKeyMark } from '../../shared/page-key.ts';
import { rawRequest, type RawResponse } from './raw-request.ts';

export const controlSecret = 'not-a-real-control-secret';

/** A built window in a temporary folder, with things around it that must never be served. */
export function makeRendererFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'heads-up-window-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(root, 'outside.html'), 'OUTSIDE');
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Heads Up</title>');
  writeFileSync(join(folder, 'notes.unknown'), 'UNKNOWN TYPE');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'index-abc.css'), 'body{}');
  if (process.platform !== 'win32') symlinkSync(join(root, 'outside.html'), join(folder, 'link.html'));
  return folder;
}

/** What a browser and the page in it keep of the answer to a link. */
export function toSignedIn({ headers }: Pick<RawResponse, 'headers'>): { cookie: string; [pageKeyHeader]: string } {
  const [, pageKey = ''] = (headers.location ?? '').split(`#${pageKeyMark}`);
  return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '', [pageKeyHeader]: pageKey };
}

/** The browser host's app over real HTTP, gone when the test ends. */
export async function serveBrowserApp(options: { route?: Router; heartbeatMs?: number } = {}) {
  const clock = { now: 1_700_000_000_000 };
  const sessions = createSessions({ now: () => clock.now });
  const events = createEventStream(options.heartbeatMs);
  const route: Router = options.route ?? ((channel, input) => Promise.resolve(ok({ channel, input })));
  const files = createRendererFiles(makeRendererFolder());
  const app = createBrowserApp({ port: () => port, route, sessions, events, files, controlSecret });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    events.close();
    await new Promise<void>((done) => {
      server.close(() => done());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
  });

  const origin = `http://127.0.0.1:${port}`;
  const get = (path: string, headers: Record<string, string> = {}) => rawRequest(port, { path, headers });
  /** Opens a link and returns what our page then shows with each call. */
  const signIn = async () => toSignedIn(await get(`/?token=${sessions.issueToken()}`));
  const post = (path: string, headers: Record<string, string>, body = '{"channel":"status.get","input":{}}') =>
    rawRequest(port, { method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body });
  return { port, origin, clock, sessions, events, get, post, signIn };
}

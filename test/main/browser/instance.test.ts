import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { claimInstance } from '../../../main/browser/instance.ts';
import { proveControl } from '../../../main/browser/control-proof.ts';
import { controlSecret, serveBrowserApp } from '../../helpers/browser-app.ts';

/** No process has it: Linux and macOS number theirs far lower. */
const deadPid = 2_000_000_000;

function setUp() {
  const root = mkdtempSync(join(tmpdir(), 'heads-up-instance-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const dataFolder = join(root, 'data');
  const path = join(dataFolder, 'instance.json');
  const claim = (overrides: { port?: number; pid?: number; answerTimeoutMs?: number } = {}) =>
    claimInstance({
      dataFolder,
      instance: { pid: overrides.pid ?? process.pid, port: overrides.port ?? 1, controlSecret },
      answerTimeoutMs: overrides.answerTimeoutMs ?? 20_000,
    });
  return { dataFolder, path, claim };
}

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  });
  return (server.address() as AddressInfo).port;
}

it('leaves one file, which is gone after the release', async () => {
  const { claim, dataFolder, path } = setUp();
  const claimed = await claim();
  expect(readdirSync(dataFolder)).toEqual(['instance.json']);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ pid: process.pid, port: 1, controlSecret });
  if (claimed.kind === 'ours') claimed.release();
  expect(readdirSync(dataFolder)).toEqual([]);
});

it.skipIf(process.platform === 'win32')('lets nobody but its owner read the secret', async () => {
  const { claim, dataFolder, path } = setUp();
  await claim();
  expect([path, dataFolder].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o700]);
});

it('gets a link from the one that runs', async () => {
  const { claim } = setUp();
  const running = await serveBrowserApp();
  await claim({ port: running.port });
  const second = await claim();
  expect(second).toEqual({ kind: 'running', url: expect.stringContaining(`${running.origin}/?token=`) as string });
  const url = second.kind === 'running' ? second.url : '';
  expect((await running.get(url.slice(running.origin.length))).status).toBe(303);
});

it('takes over from one that was killed: nobody listens', async () => {
  const { claim, path } = setUp();
  await claim({ port: 1, pid: deadPid });
  expect((await claim({ port: 2 })).kind).toBe('ours');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ port: 2 });
});

it('takes over when another program has been given the port: it is shown no secret, and no link of its own is opened', async () => {
  const { claim } = setUp();
  const shown: string[] = [];
  const port: number = await serve((request, response) => {
    shown.push(JSON.stringify(request.headers));
    const url = `http://127.0.0.1:${port}/?token=mine`;
    response.end(JSON.stringify({ url, proof: proveControl('a guess', 'link', '', url) }));
  });
  await claim({ port });
  expect((await claim()).kind).toBe('ours');
  expect(shown).toHaveLength(1);
  expect(shown[0]).not.toContain(controlSecret);
});

it('takes over from one whose secret is not known to the one that runs', async () => {
  const { claim, path } = setUp();
  const running = await serveBrowserApp();
  await claim({ port: running.port });
  writeFileSync(path, readFileSync(path, 'utf8').replace(controlSecret, 'another secret'));
  expect((await claim()).kind).toBe('ours');
});

it.each(['', '{"pid":', '[]', '{"pid":1}'])('takes over from the broken file %j', async (content) => {
  const { claim, path } = setUp();
  const first = await claim();
  if (first.kind === 'ours') first.release();
  writeFileSync(path, content);
  expect((await claim()).kind).toBe('ours');
});

it('does not take over from one that lives and is silent, but from a silent port whose process is gone', async () => {
  const { claim, path } = setUp();
  const port = await serve(() => undefined);
  await claim({ port });
  expect(await claim({ answerTimeoutMs: 50 })).toEqual({ kind: 'stuck', pid: process.pid });
  writeFileSync(path, JSON.stringify({ pid: deadPid, port, controlSecret }));
  expect((await claim({ answerTimeoutMs: 50 })).kind).toBe('ours');
});

it('does not remove the file of a later one', async () => {
  const { claim, path } = setUp();
  const first = await claim({ port: 1 });
  const second = await claim({ port: 2 });
  if (first.kind === 'ours') first.release();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ port: 2 });
  expect(second.kind).toBe('ours');
});

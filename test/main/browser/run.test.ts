import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeRendererFolder, toSignedIn } from '../../helpers/browser-app.ts';
import { startChild } from '../../helpers/child.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { scratch } from '../../helpers/scratch.ts';

function setUp() {
  const root = mkdtempSync(join(scratch, 'heads-up-host-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const dataFolder = join(root, 'shop');
  const environment = {
    XDG_CONFIG_HOME: join(root, 'config'),
    XDG_DATA_HOME: join(root, 'data'),
    STUB_RENDERER: makeRendererFolder(),
  };
  const start = (extra: Record<string, string> = {}, flags: string[] = []) => {
    const args = ['test/helpers/browser-host-stub.ts', '--no-open', '--data', dataFolder, ...flags];
    return startChild(process.execPath, args, { ...environment, ...extra });
  };
  return { root, dataFolder, start };
}

async function signIn(url: string) {
  const { port, pathname, search } = new URL(url);
  const signedIn = toSignedIn(await rawRequest(Number(port), { path: `${pathname}${search}` }));
  const call = async (channel: string, input: unknown) => {
    const response = await rawRequest(Number(port), {
      method: 'POST',
      path: '/api/call',
      headers: { ...signedIn, origin: `http://127.0.0.1:${port}` },
      body: JSON.stringify({ channel, input }),
    });
    return JSON.parse(response.body) as unknown;
  };
  return { call, get: (path: string) => rawRequest(Number(port), { path, headers: signedIn }) };
}

const ready = /Heads Up is ready: (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+)\n/;

it.each(['SIGINT', 'SIGTERM'] as const)(
  'serves the console and the engine until %s, then ends with 0',
  async (signal) => {
    const { start, dataFolder } = setUp();
    const host = start();
    const { call, get } = await signIn((await host.waitFor(ready))[1] ?? '');
    expect((await get('/')).body).toContain('<title>Heads Up</title>');
    expect(await call('status.get', {})).toMatchObject({ ok: true, value: { channel: 'status.get', dataFolder } });
    expect(await call('deliveries.get', { id: 'x' })).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    host.kill(signal);
    expect(await host.exitCode).toBe(0);
    expect(existsSync(join(dataFolder, 'instance.json'))).toBe(false);
  },
);

it('ends with 0 though a tab holds its event stream open, and though Ctrl+C reaches it twice', async () => {
  const { start } = setUp();
  const host = start();
  const url = (await host.waitFor(ready))[1] ?? '';
  const { port, search } = new URL(url);
  const headers = toSignedIn(await rawRequest(Number(port), { path: `/${search}` }));
  const stream = await fetch(`http://127.0.0.1:${port}/api/events`, { headers });
  expect(stream.status).toBe(200);
  host.kill('SIGINT');
  host.kill('SIGINT');
  expect(await host.exitCode).toBe(0);
  await stream.body?.cancel().catch(() => undefined);
});

it('hands a second start a link to the first, which goes on', async () => {
  const { start } = setUp();
  const first = start();
  await first.waitFor(ready);
  const second = start();
  expect(await second.exitCode).toBe(0);
  const url = /already running: (\S+)/.exec(second.output())?.[1] ?? '';
  const { call } = await signIn(url);
  expect(await call('status.get', {})).toMatchObject({ ok: true, value: { starts: 1 } });
});

it('says after a crash of the engine that it was started again', async () => {
  const { start } = setUp();
  const { call } = await signIn((await start().waitFor(ready))[1] ?? '');
  expect(await call('computer.get', {})).toMatchObject({ value: { engine: { state: 'running', restartedAt: null } } });
  expect(await call('customers.search', { text: 'exit' })).toMatchObject({ ok: false });
  const running = { value: { engine: { state: 'running', restartedAt: expect.any(Number) as number } } };
  await expect.poll(() => call('computer.get', {}), { timeout: 20_000 }).toMatchObject(running);
  expect(await call('status.get', {})).toMatchObject({ ok: true, value: { starts: 2 } });
});

it('starts after a kill -9, whose remains it recognises', async () => {
  const { start, dataFolder } = setUp();
  const first = start();
  await first.waitFor(ready);
  first.kill('SIGKILL');
  await first.exitCode;
  expect(existsSync(join(dataFolder, 'instance.json'))).toBe(true);
  const second = start();
  await second.waitFor(ready);
  second.kill('SIGINT');
  expect(await second.exitCode).toBe(0);
});

it('ends with 1 and the reason when the engine cannot start, and leaves no lock', async () => {
  const { start, dataFolder } = setUp();
  const host = start({ STUB_MODE: 'cannot-start' });
  expect(await host.exitCode).toBe(1);
  expect(host.output()).toBe('Heads Up cannot start: The database is newer.\nUpdate Heads Up.\n');
  expect(existsSync(join(dataFolder, 'instance.json'))).toBe(false);
});

it('can be stopped while the engine is still starting', async () => {
  const { start, dataFolder } = setUp();
  const host = start({ STUB_MODE: 'never-ready' });
  await host.waitFor(/stub engine started/);
  host.kill('SIGINT');
  expect(await host.exitCode).toBe(0);
  expect(existsSync(join(dataFolder, 'instance.json'))).toBe(false);
});

it('ends with 1 and a sentence when a flag, the port or the config is wrong', async () => {
  const { start, dataFolder } = setUp();
  const flag = start({}, ['--fast']);
  expect([await flag.exitCode, flag.output()]).toEqual([1, expect.stringContaining("'--fast'") as string]);
  const first = start();
  const { port } = new URL((await first.waitFor(ready))[1] ?? '');
  mkdirSync(`${dataFolder}2`);
  const taken = start({}, ['--port', port, '--data', `${dataFolder}2`]);
  const sentence = `Heads Up cannot start: Another program uses the port ${port}. End it, or choose another port with --port.\n`;
  expect([await taken.exitCode, taken.output()]).toEqual([1, sentence]);
});

it('hides the passphrase from the engine and writes no secret, token or cookie into its folder', async () => {
  const { start, dataFolder, root } = setUp();
  const host = start({ HEADS_UP_PASSPHRASE: 'not-a-real-passphrase' });
  const url = (await host.waitFor(ready))[1] ?? '';
  const { call } = await signIn(url);
  const { value } = (await call('customers.search', { text: 'environment' })) as { value: string[] };
  expect(value).toContain('PATH');
  expect(value).not.toContain('HEADS_UP_PASSPHRASE');
  host.kill('SIGINT');
  await host.exitCode;
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const text = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
  expect(text).not.toContain('not-a-real-passphrase');
  expect(text).not.toContain(new URL(url).searchParams.get('token'));
  expect(existsSync(join(dataFolder, 'logs', 'heads-up.log'))).toBe(true);
});

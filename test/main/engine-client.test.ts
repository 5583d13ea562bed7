import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { EngineCannotStart, startEngine, type EngineOptions, type EngineStopReason } from '../../main/engine-client.ts';
import type { SecretName, SecretVault } from '../../main/engine/port.ts';
import { scratch } from '../helpers/scratch.ts';

/** Longer than the slowest machine takes to start a thread again. */
const patience = { timeout: 20_000 } as const;

function createFakeVault(): SecretVault & { kept: Map<SecretName, string> } {
  const kept = new Map<SecretName, string>();
  return {
    kept,
    read: (name) => Promise.resolve(kept.get(name) ?? null),
    write: (name, value) => {
      if (value === 'refused') return Promise.reject(new Error('This computer cannot keep keys safely.'));
      kept.set(name, value);
      return Promise.resolve();
    },
    remove: (name) => {
      kept.delete(name);
      return Promise.resolve();
    },
    describe: () => Promise.resolve({ state: 'protected', description: 'Kept in memory.', problem: null }),
  };
}

function setUp(version = 'normal', overrides: Partial<EngineOptions> = {}) {
  const dataFolder = mkdtempSync(join(scratch, 'heads-up-engine-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true }));
  const vault = createFakeVault();
  const seen = { events: [] as string[], logs: [] as string[], stopped: [] as EngineStopReason[] };
  const start = async () => {
    const engine = await startEngine({
      workerUrl: new URL('../helpers/stub-engine-worker.ts', import.meta.url),
      start: { host: 'browser', version, dataFolder, startInPractice: true },
      vault,
      onEvent: (event) => seen.events.push(event),
      onLog: (_level, message) => seen.logs.push(message),
      onStopped: (reason) => seen.stopped.push(reason),
      restartDelaysMs: [0],
      ...overrides,
    });
    onTestFinished(() => engine.stop());
    return engine;
  };
  return { dataFolder, vault, seen, start };
}

it('carries calls, events, logs, sleep and waking between host and engine', async () => {
  const { start, seen, dataFolder } = setUp();
  const engine = await start();
  expect(await engine.call('status.get', { any: [1] })).toEqual({
    ok: true,
    value: { channel: 'status.get', input: { any: [1] }, dataFolder, startInPractice: true, starts: 1 },
  });
  expect(engine.state()).toEqual({ state: 'running', restartedAt: null });
  engine.sleep();
  engine.wake();
  await engine.call('status.get', { act: 'event' });
  await engine.call('status.get', { act: 'log' });
  expect(seen).toEqual({ events: ['changed'], logs: ['sleep', 'wake', 'hello'], stopped: [] });
});

it('answers each of many calls under way with its own result', async () => {
  const { start } = setUp();
  const engine = await start();
  const results = await Promise.all(Array.from({ length: 50 }, (_, number) => engine.call('sync.run', { number })));
  expect(results).toMatchObject(results.map((_, number) => ({ ok: true, value: { input: { number } } })));
});

it('lets the engine read, write and remove secrets, and hands it the sentence when one cannot be kept', async () => {
  const { start, vault } = setUp();
  const engine = await start();
  const ask = async (asked: string, value: string | null = null) => {
    const result = await engine.call('status.get', { act: 'secret', ask: asked, name: 'postscript_key', value });
    return result.ok ? result.value : undefined;
  };
  expect(await ask('write', 'not-a-real-key')).toMatchObject({ ok: true });
  expect(vault.kept.get('postscript_key')).toBe('not-a-real-key');
  expect(await ask('read')).toMatchObject({ ok: true, value: 'not-a-real-key' });
  expect(await ask('write', 'refused')).toMatchObject({
    ok: false,
    value: null,
    message: 'This computer cannot keep keys safely.',
  });
  await ask('remove');
  expect(await ask('read')).toMatchObject({ ok: true, value: null });
});

it('rejects with the reason and the next step when the engine cannot start', async () => {
  const { start } = setUp('cannot-start');
  const error: unknown = await start().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EngineCannotStart);
  expect(error).toMatchObject({ message: 'The database is newer.', nextStep: 'Update Heads Up.' });
});

it('rejects when the engine dies before it was ready, and does not try again behind the back', async () => {
  const { start, seen } = setUp('crash-at-start');
  await expect(start()).rejects.toThrow('ended while it was starting');
  expect(seen.stopped).toEqual([]);
});

it.each(['throw', 'exit'])(
  'fails the calls under way when the engine dies (%s), starts it again and says so',
  async (act) => {
    let now = 1000;
    const { start, seen } = setUp('normal', { now: () => now });
    const engine = await start();
    const silent = engine.call('sync.run', { act: 'silent' });
    const deadly = engine.call('sync.run', { act });
    expect(await silent).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await deadly).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(engine.state()).toEqual({ state: 'restarting', since: 1000 });
    expect(seen.events).toEqual(['changed']);
    now = 2000;
    await vi.waitFor(() => expect(engine.state()).toEqual({ state: 'running', restartedAt: 2000 }), patience);
    expect(seen.events).toEqual(['changed', 'changed']);
    // The practice shop was left meanwhile, or it went with the crash.
    expect(await engine.call('status.get', {})).toMatchObject({ value: { starts: 2, startInPractice: false } });
    expect(seen.stopped).toEqual([]);
  },
);

it('starts another engine when this one asks for it; calls wait for it, and it counts as no crash', async () => {
  const { start, seen } = setUp('normal', { restartDelaysMs: [3_600_000] });
  const engine = await start();
  for (let renewals = 1; renewals <= 7; renewals += 1) {
    expect(await engine.call('sync.run', { act: 'restart' })).toMatchObject({ ok: true });
    expect(await engine.call('status.get', {})).toMatchObject({ ok: true, value: { starts: renewals + 1 } });
    await vi.waitFor(() => expect(seen.events).toHaveLength(renewals), patience);
  }
  expect(seen.stopped).toEqual([]);
});

it('answers at once while the engine is down', async () => {
  const { start } = setUp('normal', { restartDelaysMs: [3_600_000] });
  const engine = await start();
  await engine.call('sync.run', { act: 'exit' });
  expect(await engine.call('status.get', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
});

it('gives up after five restarts in five minutes, and says since when it is down', async () => {
  let now = 1000;
  const { start, seen } = setUp('crash-after-first', { now: () => now++ });
  const engine = await start();
  await engine.call('sync.run', { act: 'exit' });
  const down = engine.state();
  await vi.waitFor(() => expect(seen.stopped).toHaveLength(1), patience);
  expect(seen.logs.filter((line) => line.includes('started again'))).toHaveLength(5);
  expect(await engine.call('status.get', {})).toMatchObject({
    ok: false,
    error: { message: seen.stopped[0]?.message, nextStep: seen.stopped[0]?.nextStep },
  });
  expect(engine.state()).toEqual({ ...down, ...seen.stopped[0], state: 'stopped' });
});

it('does not count crashes of long ago', async () => {
  let now = 0;
  const { start, seen } = setUp('normal', { now: () => (now += 301_000) });
  const engine = await start();
  for (let crash = 1; crash <= 8; crash += 1) {
    await engine.call('sync.run', { act: 'exit' });
    await vi.waitFor(() => expect(seen.events).toHaveLength(2 * crash), patience);
  }
  expect(seen.stopped).toEqual([]);
});

it('gives up with the reason when the engine refuses to start again', async () => {
  const { start, seen } = setUp('refuse-after-first');
  const engine = await start();
  await engine.call('sync.run', { act: 'exit' });
  await vi.waitFor(() => expect(seen.stopped).toEqual([{ message: 'It is locked.', nextStep: 'Wait.' }]), patience);
});

it('stops the engine once, fails what was under way, and does not start it again', async () => {
  const { start, seen } = setUp();
  const engine = await start();
  const silent = engine.call('sync.run', { act: 'silent' });
  await Promise.all([engine.stop(), engine.stop()]);
  expect(await silent).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(await engine.call('status.get', {})).toMatchObject({ ok: false });
  expect(seen).toMatchObject({ events: [], stopped: [] });
});

it('stops while it waits to restart', async () => {
  const { start, seen } = setUp('normal', { restartDelaysMs: [3_600_000] });
  const engine = await start();
  await engine.call('sync.run', { act: 'exit' });
  await engine.stop();
  expect(seen.events).toEqual(['changed']);
});

it('ends an engine that does not stop by itself', async () => {
  const { start, seen } = setUp('ignores-stop', { stopDeadlineMs: 1 });
  const engine = await start();
  await engine.stop();
  expect(seen.logs).toEqual(['The engine did not stop in time and was ended.']);
});

it('tells when the engine stopped though nobody asked', async () => {
  const { start, seen } = setUp();
  const engine = await start();
  await engine.call('sync.run', { act: 'stop' });
  await vi.waitFor(() => expect(seen.stopped).toMatchObject([{ message: 'The engine stopped.' }]), patience);
});

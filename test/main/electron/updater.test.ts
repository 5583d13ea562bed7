import { expect, it } from 'vitest';
import { createUpdater, type UpdaterDeps, type UpdateSource } from '../../../main/electron/updater.ts';
import type { FoundUpdate } from '../../../shared/ipc/update-state.ts';
import { ok } from '../../../shared/result.ts';

const newer: FoundUpdate = { version: '0.2.0', notes: 'Faster.' };
const hourMs = 3_600_000;
const installation = { obstacle: null, looks: true, installsOnQuit: false, installing: null };

type SetUp = Partial<Readonly<{ obstacle: UpdaterDeps['obstacle']; looks: boolean; installsOnQuit: boolean }>> &
  Readonly<{ installing?: string }>;

/** An updater whose source answers when the test says so. */
function setUp(given: SetUp = {}) {
  const { obstacle } = { ...installation, ...given };
  const remembered = { ...installation, ...given, installing: given.installing ?? null } as {
    looks: boolean;
    installsOnQuit: boolean;
    installing: string | null;
  };
  let now = 1_000_000_000_000;
  const did: string[] = [];
  const failures: string[] = [];
  const asked: Readonly<{
    what: string;
    resolve: (value?: FoundUpdate | null) => void;
    reject: (error: Error) => void;
  }>[] = [];
  let report: (percent: number) => void = () => undefined;
  let signal = new AbortController().signal;
  const ask = (what: string): Promise<FoundUpdate | null> => {
    const { promise, resolve, reject } = Promise.withResolvers<FoundUpdate | null>();
    asked.push({ what, resolve: (value = null) => resolve(value), reject });
    return promise;
  };
  const source: UpdateSource = {
    check: () => ask('check'),
    download: async (onPercent, given) => {
      report = onPercent;
      signal = given;
      await ask('download');
    },
    prepare: async () => void (await ask('prepare')),
    install: async ({ restarts }) => {
      did.push(restarts ? 'install and restart' : 'install');
      await ask('install');
    },
  };
  const updater = createUpdater({
    version: '0.1.0',
    obstacle,
    openSource: () => {
      did.push('open');
      return Promise.resolve(source);
    },
    memory: {
      looks: () => remembered.looks,
      installsOnQuit: () => remembered.installsOnQuit,
      getInstalling: () => remembered.installing,
      setInstalling: (version) => void (remembered.installing = version),
    },
    now: () => now,
    onChange: () => undefined,
    onFailure: (message) => void failures.push(message),
    quit: () => void did.push('quit'),
    relaunch: () => void did.push('relaunch'),
  });
  /** Answers what was asked for, once it is asked, and lets the updater take the answer in. */
  const answer = async (what: string, value?: FoundUpdate | Error): Promise<void> => {
    await expect.poll(() => asked.at(0)?.what).toBe(what);
    const waiting = asked.shift();
    if (value instanceof Error) waiting?.reject(value);
    else waiting?.resolve(value);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const makeReady = async (): Promise<void> => {
    updater.check();
    await answer('check', newer);
    updater.download();
    await answer('download');
  };
  return {
    updater,
    answer,
    makeReady,
    remembered,
    did,
    failures,
    asked,
    pass: (ms: number) => void (now += ms),
    report: (percent: number) => report(percent),
    wasCancelled: () => signal.aborted,
  };
}

it('is off until the merchant switches it on, and then looks at once', async () => {
  const { updater, remembered, answer, did } = setUp({ looks: false });
  updater.knock();
  expect(updater.check()).toMatchObject({ ok: false, error: { message: 'Looking for updates is switched off.' } });
  expect({ state: updater.getState(), did }).toEqual({ state: { kind: 'off' }, did: [] });

  remembered.looks = true;
  updater.applySettings();
  await answer('check');
  expect(updater.getState()).toEqual({ kind: 'idle', lastCheckedAt: 1_000_000_000_000 });
});

it('says why an installation cannot update itself, and asks nobody', () => {
  const obstacle = { message: 'This build has no update feed.', nextStep: 'Install a newer version by hand.' };
  const { updater, did } = setUp({ obstacle });
  updater.knock();
  updater.applySettings();
  expect(updater.check()).toMatchObject({ ok: false, error: obstacle });
  expect({ state: updater.getState(), did }).toEqual({ state: { kind: 'no_feed', ...obstacle }, did: [] });
});

it('looks at the start and once a day, however often it is knocked at', async () => {
  const { updater, answer, pass } = setUp();
  updater.knock();
  updater.knock();
  await answer('check');
  pass(23 * hourMs);
  updater.knock();
  expect(updater.getState().kind).toBe('idle');
  // As after a night's sleep: the clock is far on when the next knock comes.
  pass(9 * hourMs);
  updater.knock();
  await answer('check');
  expect(updater.getState()).toEqual({ kind: 'idle', lastCheckedAt: 1_000_000_000_000 + 32 * hourMs });
});

it('downloads nothing and restarts nothing by itself', async () => {
  const { updater, answer, asked, did } = setUp();
  updater.knock();
  await answer('check', newer);
  expect(updater.getState()).toEqual({ kind: 'available', update: newer });
  await updater.installBeforeExit();
  expect({ asked, did }).toEqual({ asked: [], did: ['open'] });
});

it('tells how far a download is, in whole percents that only grow', async () => {
  const { updater, answer, report } = setUp();
  updater.check();
  await answer('check', newer);
  expect(updater.download()).toEqual(ok({}));
  await expect.poll(() => updater.getState().kind).toBe('downloading');
  const seen = [0.4, 12.9, 12.2, 7, 60].map((percent) => {
    report(percent);
    const state = updater.getState();
    return state.kind === 'downloading' ? state.percent : null;
  });
  expect(seen).toEqual([0, 12, 12, 12, 60]);
  await answer('download');
  expect(updater.getState()).toEqual({ kind: 'ready', update: newer });
});

it('says what failed and what to do, and looks again an hour later', async () => {
  const { updater, answer, pass, failures } = setUp();
  updater.knock();
  await answer('check', new Error('net::ERR_INTERNET_DISCONNECTED'));
  expect(updater.getState()).toEqual({
    kind: 'failed',
    during: 'check',
    message: 'The update feed could not be reached.',
    nextStep: 'Check the internet connection. Heads Up looks again by itself within an hour.',
    failedAt: 1_000_000_000_000,
  });
  expect(failures).toEqual(['The update failed during its check.']);
  pass(hourMs);
  updater.knock();
  await answer('check', newer);
  updater.download();
  await answer('download', Object.assign(new Error('sha512'), { code: 'ERR_CHECKSUM_MISMATCH' }));
  expect(updater.getState()).toMatchObject({
    kind: 'failed',
    during: 'download',
    message: expect.stringContaining('thrown away') as string,
  });
});

it('keeps what it found when a later look fails that nobody asked for', async () => {
  const { updater, answer, pass } = setUp();
  updater.knock();
  await answer('check', newer);
  pass(24 * hourMs);
  updater.knock();
  await answer('check', new Error('net::ERR_NETWORK_CHANGED'));
  expect(updater.getState()).toEqual({ kind: 'available', update: newer });
  updater.check();
  await answer('check', new Error('net::ERR_NETWORK_CHANGED'));
  expect(updater.getState()).toMatchObject({ kind: 'failed', during: 'check' });
});

it('stops a download when looking is switched off, and forgets its answer', async () => {
  const { updater, answer, remembered, report, wasCancelled } = setUp();
  updater.check();
  await answer('check', newer);
  updater.download();
  await expect.poll(() => updater.getState().kind).toBe('downloading');
  remembered.looks = false;
  updater.applySettings();
  expect(wasCancelled()).toBe(true);
  report(50);
  await answer('download');
  expect(updater.getState()).toEqual({ kind: 'off' });
});

it('restarts when the merchant says so: quits first, installs when nothing runs any more', async () => {
  const { updater, answer, makeReady, did, remembered } = setUp();
  await makeReady();
  const installing = updater.install();
  await answer('prepare');
  expect(await installing).toEqual(ok({}));
  expect(did).toEqual(['open', 'quit']);

  const ending = updater.installBeforeExit();
  await answer('prepare');
  expect(did).toEqual(['open', 'quit', 'install and restart']);
  expect(remembered.installing).toBe('0.2.0');
  // The installer ends the process; here it gives up instead.
  await answer('install');
  await ending;
  expect(did).toEqual(['open', 'quit', 'install and restart', 'relaunch']);
});

it('does not stop for an update that could not be put in place', async () => {
  const { updater, answer, makeReady, did } = setUp();
  await makeReady();
  const installing = updater.install();
  await answer('prepare', Object.assign(new Error('EACCES'), { code: 'EACCES' }));
  expect(await installing).toMatchObject({
    ok: false,
    error: { message: 'Heads Up cannot replace its own file here.' },
  });
  expect({ did, kind: updater.getState().kind }).toEqual({ did: ['open'], kind: 'ready' });
});

it.each([
  { installsOnQuit: true, did: ['open', 'install'] },
  { installsOnQuit: false, did: ['open'] },
])('installs at an ordinary quit only by choice: $installsOnQuit', async ({ installsOnQuit, did: expected }) => {
  const { updater, answer, makeReady, did } = setUp({ installsOnQuit });
  await makeReady();
  const ending = updater.installBeforeExit();
  if (installsOnQuit) {
    await answer('prepare');
    await answer('install', new Error('no installer'));
  }
  await ending;
  expect(did).toEqual(expected);
});

it('says at the next start that an update did not get in', () => {
  const { updater, remembered } = setUp({ installing: '0.2.0' });
  updater.knock();
  expect(updater.getState()).toMatchObject({
    kind: 'failed',
    during: 'install',
    message: 'Version 0.2.0 was not installed: this is still 0.1.0.',
  });
  expect(remembered.installing).toBeNull();
  expect(setUp({ installing: '0.1.0' }).updater.getState()).toEqual({ kind: 'idle', lastCheckedAt: null });
});

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../main/core/store.ts';
import { createEngine, type Engine } from '../../../main/engine/engine.ts';
import type { SecretName } from '../../../main/engine/port.ts';
import type { EngineChannel, Input } from '../../../shared/ipc/contract.ts';
import { toError } from '../../../shared/result.ts';
import type { FromSoak, Sample, SoakStart, ToSoak } from './soak-messages.ts';

/**
 * Entry of the soak's engine process: the whole engine as a host runs it, on a clock that is moved, with a person who
 * looks at the console now and then.
 */

type Running = Readonly<{
  engine: Engine;
  start: SoakStart;
  clock: Clock & Readonly<{ moveTo: (at: number) => void }>;
  problems: string[];
  kept: unknown[];
}>;

let running: Running | undefined;

function createMovedClock(startAt: number): Running['clock'] {
  let now = startAt;
  return {
    now: () => now,
    // Waiting takes no real time, and its own of the engine's.
    sleep: async (ms) => {
      const until = now + ms;
      await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, until);
    },
    moveTo: (at) => {
      now = Math.max(now, at);
    },
  };
}

async function startEngine(start: SoakStart): Promise<Running> {
  const secrets = new Map<SecretName, string>();
  const problems: string[] = [];
  const clock = createMovedClock(start.startAt);
  const { urls, credentials, dataFolder } = start;
  const engine = await createEngine({
    start: {
      host: 'browser',
      version: '0.0.0-soak',
      dataFolder,
      startInPractice: false,
      remotes: { postscript: urls.postscript, smartrr: urls.smartrr },
    },
    vault: {
      read: (name) => Promise.resolve(secrets.get(name) ?? null),
      write: async (name, value) => void secrets.set(name, value),
      remove: async (name) => void secrets.delete(name),
    },
    emit: () => undefined,
    restart: () => problems.push('The engine asked to be started again.'),
    log: (level, message, fields) => {
      if (level === 'error') problems.push(`${message} ${JSON.stringify(fields)}`);
    },
    clock,
    requestTimeoutMs: 60_000,
  });
  const ask = async <C extends EngineChannel>(channel: C, input: Input<C>): Promise<void> => {
    const answer = await engine.call(channel, input);
    if (!answer.ok) throw new Error(`${channel}: ${answer.error.message}`);
  };
  await ask('connections.savePostscriptKey', { key: credentials.postscriptKey });
  await ask('connections.saveSmartrrToken', { token: credentials.smartrrToken });
  await ask('connections.saveInbox', {
    url: urls.inbox,
    token: credentials.inboxToken,
    webhookSecret: credentials.webhookSecret,
  });
  await ask('settings.save', { accountPageLink: 'https://soak.example/account' });
  await engine.wake();
  await ask('sending.setOn', { on: true });
  return { engine, start, clock, problems, kept: [] };
}

async function tick({ engine, clock, kept, start }: Running, at: number): Promise<number> {
  clock.moveTo(at);
  await engine.wake();
  // The merchant looks at every storm and lets it pass, and at the console.
  await engine.call('sending.releaseHold', {});
  await engine.call('status.get', {});
  await engine.call('upcoming.days', { tried: null });
  if (start.isLeaking) {
    kept.push(Array.from({ length: 20_000 }, (_, index) => ({ index, at })));
    for (let timer = 0; timer < 3; timer += 1) kept.push(setInterval(() => undefined, 3_600_000));
  }
  return clock.now();
}

const toMb = (bytes: number): number => Math.round((bytes / 1_048_576) * 10) / 10;

function sizeOf(dataFolder: string, name: string): number {
  return statSync(join(dataFolder, name), { throwIfNoEntry: false })?.size ?? 0;
}

function takeSample({ start, clock }: Running): Sample {
  const rssMb = toMb(process.memoryUsage.rss());
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return {
    hour: Math.round((clock.now() - start.startAt) / 360_000) / 10,
    rssMb,
    keptMb: toMb(heapUsed + external),
    handles: process.getActiveResourcesInfo().length,
    descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : null,
    walMb: toMb(sizeOf(start.dataFolder, 'heads-up.db-wal')),
    databaseMb: toMb(sizeOf(start.dataFolder, 'heads-up.db')),
  };
}

async function handle(message: ToSoak): Promise<FromSoak> {
  if (message.kind === 'start') {
    running = await startEngine(message.start);
    return { kind: 'started' };
  }
  if (running === undefined) throw new Error('The engine has not been started');
  switch (message.kind) {
    case 'tick': {
      const now = await tick(running, message.at);
      return { kind: 'ticked', now, walMb: toMb(sizeOf(running.start.dataFolder, 'heads-up.db-wal')) };
    }
    case 'sample':
      return {
        kind: 'sampled',
        sample: takeSample(running),
        problems: running.problems.splice(0),
      };
    case 'stop':
      await running.engine.stop();
      return { kind: 'stopped' };
  }
}

process.on('message', (message: ToSoak) => {
  handle(message)
    .catch((thrown: unknown): FromSoak => ({ kind: 'failed', message: toError(thrown).message }))
    .then((answer) => {
      process.send?.(answer);
      if (answer.kind === 'stopped') process.exit(0);
    })
    .catch((thrown: unknown) => {
      throw toError(thrown);
    });
});
// A parent that was killed cannot say goodbye.
process.on('disconnect', () => process.exit(0));

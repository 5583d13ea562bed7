import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { allowVolume } from '../../main/core/storm-guard.ts';
import { openDatabase } from '../../main/db/open-database.ts';
import { saveSettings } from '../../main/db/shop.ts';
import { createStore } from '../../main/engine/store.ts';
import { defaultPracticeOptions, defaultSwitches } from '../../main/practice/practice-shop.ts';
import { forkPracticeShop } from '../../main/practice/remote-practice-shop.ts';
import { atLeast, atMost, under, type BenchOrder, type BenchReport, type BenchRow } from '../row.ts';
import type { SendAsk, SendStart } from './engine-process.ts';

/** The highest that the product allows, and that Postscript takes. */
const ratePerSecond = 15;
/** Of a hundred customers of the practice shop as many at least have an order in the next thirty days. */
const withOrderPercent = 60;
const noon = Date.UTC(2027, 1, 22, 17, 0);
const lookEveryMs = 1000;

async function measureSending({ rows, folder, say }: BenchOrder): Promise<BenchReport> {
  const wanted = Math.max(15, Math.round(rows / 100));
  const shop = await forkPracticeShop(
    {
      ...defaultPracticeOptions,
      customers: Math.ceil((wanted * 100) / withOrderPercent),
      startAt: noon,
      isLively: false,
      switches: { ...defaultSwitches, ratePerSecond },
    },
    new URL('../../main/practice/world-process.ts', import.meta.url),
  );
  const dataFolder = join(folder, 'data');
  mkdirSync(dataFolder);
  const path = join(dataFolder, 'heads-up.db');
  prepareShop(path, wanted);
  const engine = await startSender({
    dataFolder,
    remotes: shop.urls,
    secrets: { postscript_key: shop.credentials.postscriptKey, smartrr_token: shop.credentials.smartrrToken },
    startAt: noon,
  });
  try {
    say('first sync, at two requests a second');
    while (!(await hasSynced(engine))) await wait(lookEveryMs);
    say(`${wanted} sends at ${ratePerSecond}/s: ${Math.round(wanted / ratePerSecond)} s`);
    const cpu = await engine.cpu();
    const startedAt = performance.now();
    await engine.call('sending.setOn', { on: true });
    for (let left = wanted; left > 0; left = wanted - (await shop.control.ledger()).events.length) {
      // Seldom: what the simulated Postscript tells of thousands keeps it from answering meanwhile.
      await wait(Math.max(lookEveryMs, (left / ratePerSecond) * 900));
      if (performance.now() - startedAt > (wanted / ratePerSecond) * 10_000 + 60_000)
        throw new Error('The line does not move');
    }
    const used = await engine.cpu();
    const tookMs = performance.now() - startedAt;
    const busyMs = (used.user + used.system - cpu.user - cpu.system) / 1000;
    const received = (await shop.control.ledger()).events.length;
    await engine.stop();
    const { sent, firstAt, lastAt, limited } = readAttempts(path);
    const reachedRate = ((sent - 1) / (lastAt - firstAt)) * 1000;
    return {
      measured: [
        atLeast(95, {
          name: `sends, of the set ${ratePerSecond}/s`,
          figure: (reachedRate / ratePerSecond) * 100,
          unit: '%',
        }),
        atMost(0, { name: 'answers 429', figure: limited, unit: '' }),
        under(5, { name: "the engine's processor time, of one core", figure: (busyMs / tookMs) * 100, unit: '%' }),
      ],
      notes: [
        `${sent.toLocaleString('en')} notices in ${((lastAt - firstAt) / 1000).toFixed(0)} s of real time, each checked, claimed, sent and written down with \`FULL\`; the practice Postscript, in a process of its own, takes ${ratePerSecond} a second and counted ${received.toLocaleString('en')}. Syncs that keep the line's orders checked run beside it, at Smartrr's two requests a second. ${(busyMs / sent).toFixed(1)} ms of processor time for each.`,
      ],
      skipped: null,
    };
  } finally {
    await engine.stop();
    await shop.close();
  }
}

/** Notices for every order of the next thirty days, so that they are all due at once, and nobody who has to release them. */
function prepareShop(path: string, wanted: number): void {
  const db = openDatabase({ path });
  saveSettings(db, {
    accountPageLink: 'https://fern-and-fable.example/account',
    timeZone: defaultPracticeOptions.timeZone,
    leadDays: 30,
    ratePerSecond,
  });
  allowVolume(createStore(db), wanted * 3, noon);
  db.close();
}

type Sender = Awaited<ReturnType<typeof startSender>>;

async function hasSynced(engine: Sender): Promise<boolean> {
  const status = (await engine.call('status.get', {})) as { lastSyncAt: number | null };
  return status.lastSyncAt !== null;
}

type Attempts = Readonly<{ sent: number; firstAt: number; lastAt: number; limited: number }>;

/** The file is the engine's alone while it runs. */
function readAttempts(path: string): Attempts {
  const db = openDatabase({ path });
  const attempts = db
    .prepare<[], Attempts>(
      `SELECT count(*) AS sent, min(started_at) AS firstAt, max(started_at) AS lastAt,
         (SELECT count(*) FROM attempts WHERE outcome = 'rate_limited') AS limited FROM attempts`,
    )
    .get();
  db.close();
  if (attempts === undefined) throw new Error('Expected attempts');
  return attempts;
}

async function startSender(start: SendStart) {
  const child = fork(fileURLToPath(new URL('engine-process.ts', import.meta.url)), [], { execArgv: [] });
  let lastId = 0;
  const ready = answerOf(child, 0);
  child.send(start);
  await ready;
  const ask = (
    message: Omit<Extract<SendAsk, { ask: 'call' }>, 'id'> | Readonly<{ ask: 'cpu' | 'stop' }>,
  ): Promise<unknown> => {
    const id = ++lastId;
    const answer = answerOf(child, id);
    child.send({ ...message, id });
    return answer;
  };
  let stopping: Promise<void> | undefined;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  async function stop(): Promise<void> {
    if (child.connected) await ask({ ask: 'stop' });
    await ended;
  }
  return {
    call: (channel: string, input: unknown) => ask({ ask: 'call', channel, input }),
    cpu: () => ask({ ask: 'cpu' }) as Promise<NodeJS.CpuUsage>,
    stop: () => (stopping ??= stop()),
  };
}

function answerOf(child: ChildProcess, id: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown): void => {
      if (typeof message !== 'object' || message === null || !('id' in message) || message.id !== id) return;
      child.off('message', hear);
      child.off('exit', fail);
      resolve('value' in message ? message.value : undefined);
    };
    const fail = (): void => reject(new Error('The sending engine has ended'));
    child.on('message', hear);
    child.once('exit', fail);
  });
}

export const sendRow: BenchRow = { name: 'send', title: 'Sending at the rate limit', run: measureSending };

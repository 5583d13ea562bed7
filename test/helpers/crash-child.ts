import type { Transaction } from 'better-sqlite3';
import { createClients, createLimiters, type Pace } from '../../main/engine/clients.ts';
import { createConnections } from '../../main/engine/connections.ts';
import { createInstantClock } from '../../main/engine/instant-clock.ts';
import { createShop, type Shop } from '../../main/engine/shop.ts';
import { createStore } from '../../main/engine/store.ts';
import type { Clock } from '../../main/core/store.ts';
import { askForUndo } from '../../main/core/undo-skip.ts';
import { openDatabase } from '../../main/db/open-database.ts';
import { saveSettings } from '../../main/db/shop.ts';
import type { WriteDb } from '../../main/db/types.ts';
import type { CrashJob, CrashRun } from './crash-job.ts';
import { createTurnFinder } from './turn-finder.ts';

/**
 * The engine in a process of its own, which dies by its own hand at a chosen statement: entry of the crash tests' child.
 *
 * The same composition as a practice session, but that the simulators live in the process that started this one.
 */

/** Above every time that the tests wait for: a slow machine must not look like a silent service. */
const TIMEOUT_MS = 60_000;

async function runJob(job: CrashJob): Promise<CrashRun> {
  let statements = 0;
  const turns: number[] = [];
  const isTurn = createTurnFinder();
  const db = openDatabase({
    path: job.databasePath,
    onStatement: (sql) => {
      statements += 1;
      if (isTurn(String(sql))) turns.push(statements);
      const isBefore = job.killBefore !== undefined && String(sql).startsWith(job.killBefore);
      if (isBefore || statements === job.killAtStatement) process.kill(process.pid, 'SIGKILL');
    },
  });
  if (job.commitsEachStatement === true) commitEachStatement(db);
  if (job.sqlAtStart !== undefined) db.exec(job.sqlAtStart);
  const { world } = job;
  let now = job.steps[0]?.at ?? 0;
  const clock: Clock = { now: () => now, sleep: () => new Promise((resolve) => setImmediate(resolve)) };
  const pace: Pace = { clock: createInstantClock(), timeoutMs: TIMEOUT_MS, fetch: globalThis.fetch };
  if (createStore(db).mark('baseline_at') === undefined) saveSettings(db, { sendingOn: true });
  const connections = createConnections(clock.now, () => undefined);

  const isConnected = (name: CrashJob['connected'][number]): boolean => job.connected.includes(name);
  const limiters = createLimiters(createStore(db).settings(), pace);
  const clients = createClients(
    {
      postscript: isConnected('postscript') ? { url: world.postscript, key: world.postscriptKey } : null,
      smartrr: isConnected('smartrr') ? { url: world.smartrr, token: world.smartrrToken } : null,
      inbox: isConnected('inbox') ? { url: world.inbox, token: world.inboxToken } : null,
    },
    limiters,
    pace,
    connections,
  );
  const shop = createShop({
    db,
    clock,
    // A job that fails in the child is a finding, not a line in a log that nobody reads.
    log: (level, message, fields) => {
      if (level === 'error') throw new Error(`${message}: ${JSON.stringify(fields)}`);
    },
    connections,
    clients: () => ({
      platform: clients.smartrr,
      channel: clients.channels?.custom_events ?? null,
      replies: clients.inbox,
    }),
    takeTurn: () => limiters.postscript.take(),
    // As where answers come slower than turns: what ends one request also claims the next.
    takeFreeTurn: () => true,
    random: () => 0.5,
    onChange: () => undefined,
  });
  for (const { at, run } of job.steps) {
    const moved = await fetch(`${world.clock}/advance/${at}`, { method: 'POST' });
    await moved.arrayBuffer();
    now = at;
    if (run === 'askForUndo') askForNewestUndo(shop, now);
    else await shop[run]();
  }
  await shop.settle();
  db.close();
  return { statements, turns };
}

function commitEachStatement(db: WriteDb): void {
  db.transaction = (work) => {
    // Every way to begin is the same when nothing begins.
    const run: Transaction<typeof work>['default'] = (...given) => work(...given) as ReturnType<typeof work>;
    return Object.assign(run, { default: run, deferred: run, immediate: run, exclusive: run });
  };
}

function askForNewestUndo({ store, db }: Shop, now: number): void {
  const newest = db.prepare<[], number>('SELECT max(id) FROM skips').pluck().get();
  const asked = askForUndo(store, newest ?? 0, now);
  if (!asked.ok) throw new Error(asked.error.message);
}

// The process that starts this one writes the jobs; nothing else does.
const jobs = JSON.parse(process.argv[2] ?? '[]') as readonly CrashJob[];
const runs: CrashRun[] = [];
for (const job of jobs) runs.push(await runJob(job));
process.stdout.write(JSON.stringify(runs));

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createEngine, type Engine } from '../../../main/engine/engine.ts';
import type { EngineHost } from '../../../main/engine/context.ts';
import type { SecretName } from '../../../main/engine/port.ts';
import type { EngineChannel, Input, Output } from '../../../shared/ipc/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { createTurnFinder } from '../../helpers/turn-finder.ts';
import { serveCalls } from './remote-calls.ts';
import type { Strike } from './shop-plan.ts';

/**
 * Entry of the process that is killed: the whole engine over a real data folder, with a clock that the harness moves.
 *
 * Every statement and every change of a file in the data folder is a point, counted from 1 at the start of the process.
 * The count is kept in a file, where SIGKILL cannot take it away.
 */

export type EngineOrder = Readonly<{
  dataFolder: string;
  remotes: Readonly<{ postscript: string; smartrr: string }>;
  secrets: Readonly<Partial<Record<SecretName, string>>>;
  /** What the computer's clock says, epoch ms. */
  now: number;
  timeoutMs: number;
  /** Where it dies by its own hand; null: nowhere. */
  strike: Strike | null;
  /** Where the number of points is kept. */
  countPath: string;
  /** For the controls: what they do wrong. */
  sqlAtStart: string | null;
}>;

let points = 0;
let turns = 0;

function watchPoints({ strike, countPath }: EngineOrder): (sql: string | null) => void {
  const file = fs.openSync(countPath, 'w');
  const count = new Float64Array(2);
  const isTurn = createTurnFinder();
  const isReached = createStrikeFinder(strike);
  return (sql) => {
    points += 1;
    const isOne = sql === null || isTurn(sql);
    if (isOne) turns += 1;
    count[0] = points;
    count[1] = turns;
    fs.writeSync(file, count, 0, count.byteLength, 0);
    if (isReached(sql, isOne)) process.kill(process.pid, 'SIGKILL');
  };
}

/** Whether this is the point at which it is to die. Call it at every point, once it is counted. */
function createStrikeFinder(strike: Strike | null): (sql: string | null, isOne: boolean) => boolean {
  switch (strike?.kind) {
    case undefined:
      return () => false;
    case 'point':
      return () => points === strike.number;
    case 'turn':
      return (_sql, isOne) => isOne && turns === strike.number;
    case 'write': {
      const write = new RegExp(`^\\s*(?:INSERT(?: OR \\w+)? INTO|UPDATE|DELETE FROM) ${strike.table}\\b`, 'i');
      let left: number | null = null;
      return (sql, isOne) => {
        if (left !== null && isOne) left -= 1;
        if (left === null && sql !== null && write.test(sql)) left = strike.turns;
        return left === 0;
      };
    }
  }
}

/** Backups and restores are renames and copies: a kill between two of them has to be borne as well. */
function watchFiles(folder: string, onPoint: () => void): void {
  const names = ['renameSync', 'rmSync', 'copyFileSync', 'chmodSync', 'utimesSync'] as const;
  for (const name of names) {
    const real = fs[name] as (...input: readonly unknown[]) => unknown;
    Object.assign(fs, {
      [name]: (...input: readonly unknown[]) => {
        if (String(input[0]).startsWith(folder)) onPoint();
        return real(...input);
      },
    });
  }
  syncBuiltinESMExports();
}

let engine: Engine | undefined;
let restarting: Promise<void> = Promise.resolve();
let now = 0;

function current(): Engine {
  if (engine === undefined) throw new Error('Expected the engine to have been started');
  return engine;
}

async function start(order: EngineOrder): Promise<void> {
  const { dataFolder, secrets, remotes, timeoutMs, sqlAtStart } = order;
  now = order.now;
  const path = join(dataFolder, 'heads-up.db');
  if (sqlAtStart !== null && fs.existsSync(path)) {
    const db = new Database(path);
    db.exec(sqlAtStart);
    db.close();
  }
  const onPoint = watchPoints(order);
  watchFiles(dataFolder, () => onPoint(null));
  const vault = new Map(Object.entries(secrets) as [SecretName, string][]);
  const host: EngineHost = {
    start: { host: 'browser', version: '0.0.0-torture', dataFolder, startInPractice: false, remotes },
    vault: {
      read: (name) => Promise.resolve(vault.get(name) ?? null),
      write: async (name, value) => void vault.set(name, value),
      remove: async (name) => void vault.delete(name),
    },
    emit: () => undefined,
    log: (level, message, fields) => {
      // A job that fails is a finding, not a line in a log that nobody reads.
      if (level === 'error') process.stderr.write(`${message}: ${JSON.stringify(fields)}\n`);
    },
    restart: () => {
      const ended = current().stop();
      restarting = ended.then(async () => {
        engine = await createEngine(host);
      });
    },
    // Time passes by waiting, so that rate limits cost nothing; the next move of the harness is further than that.
    clock: {
      now: () => now,
      sleep: (ms) =>
        new Promise((resolve) => {
          now += ms;
          setImmediate(resolve);
        }),
    },
    requestTimeoutMs: timeoutMs,
    onStatement: (sql) => onPoint(String(sql)),
  };
  engine = await createEngine(host);
}

const calls = {
  start,
  /** Sets the computer's clock. */
  moveTo: (at: number) => {
    now = at;
  },
  sleep: () => current().sleep(),
  /** Everything is looked at once. */
  wake: () => current().wake(),
  ask: async (channel: EngineChannel, input: unknown): Promise<Result<unknown>> => {
    await restarting;
    const answer = await current().call(channel, input);
    // A restore has set it off before it answered.
    await restarting;
    return answer;
  },
  stop: async () => {
    await restarting;
    await current().stop();
  },
};

export type EngineCalls = typeof calls;
/** `ask` with the types of its channel. */
export type Ask = <C extends EngineChannel>(channel: C, input: Input<C>) => Promise<Result<Output<C>>>;

serveCalls(calls);

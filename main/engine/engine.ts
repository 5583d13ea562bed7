import { join } from 'node:path';
import type { EngineChannel, EngineHandlers } from '../../shared/ipc/contract.ts';
import { fail, toError, type Result } from '../../shared/result.ts';
import { allowVolume } from '../core/storm-guard.ts';
import { lockDataFolder } from '../db/engine-lock.ts';
import { openDatabase, OpenProblem, toOpenProblem } from '../db/open-database.ts';
import type { WriteDb } from '../db/types.ts';
import { defaultPracticeOptions, defaultSwitches, startPracticeShop } from '../practice/practice-shop.ts';
import { createBackupKeeper } from './backups.ts';
import type { EngineContext, EngineHost } from './context.ts';
import { createHandlers } from './handlers/index.ts';
import { createInboxTest } from './inbox-test.ts';
import { startKnocking } from './knocking.ts';
import { createPracticeSession, freshPracticeDatabase, type PracticeSession } from './practice-session.ts';
import { createRealShop } from './real-shop.ts';
import { watchStorage } from './storage.ts';

export type Engine = Readonly<{
  call: (channel: EngineChannel, input: unknown) => Promise<Result<unknown>>;
  /** The computer is about to sleep: whatever is asked for now may never be answered. */
  sleep: () => void;
  /** The computer woke up, or the clock jumped: look at once at what is due. Resolves when all of it was looked at. */
  wake: () => Promise<void>;
  stop: () => Promise<void>;
}>;

/** The window asks again after an event; more often than this is no use to a person. */
const EVENT_PAUSE_MS = 150;
const PRACTICE_TIMEOUT_MS = 10_000;

/**
 * The engine of one data folder: opens its database, wires its parts, runs its jobs, answers the contract.
 *
 * @throws OpenProblem when the database cannot be used; nothing was changed then
 */
export async function createEngine(host: EngineHost): Promise<Engine> {
  const { start, log } = host;
  const { release, db } = openFolder(host);
  const emitChanged = createPacedEvent(() => host.emit('changed'));
  let practice: PracticeSession | undefined;
  let isStopping = false;

  const storage = watchStorage(db, emitChanged, log);
  const real = await createRealShop(db, host, log, emitChanged, storage).catch((thrown: unknown) => {
    // Nothing runs yet that could close them, and a second start must find the folder free.
    storage.stop();
    db.close();
    release();
    throw toOpenProblem(thrown);
  });

  const inboxTest = createInboxTest(real, log, emitChanged);
  const backups = createBackupKeeper(log, emitChanged);

  const context: EngineContext = {
    start,
    real,
    active: () => practice?.shop ?? real.shop,
    activeClients: () => practice?.clients ?? real.clients(),
    practice: () => practice,
    startPractice: (customers, seed) => inTurn(() => startPractice(customers, seed)),
    stopPractice: () => inTurn(stopPractice),
    inboxTest,
    storage: storage.state,
    backUp: (kind) => backups.backUp(context.active(), kind),
    restartActive,
    log,
    changed: emitChanged,
  };

  // One after the other: two clicks must not leave a practice shop behind that nobody can close.
  let turn: Promise<void> = Promise.resolve();
  function inTurn(move: () => Promise<void>): Promise<void> {
    const done = turn.then(move);
    turn = done.catch(() => undefined);
    return done;
  }

  async function startPractice(customers: number, seed: number): Promise<void> {
    await closePractice();
    // Both channels can be tried out; whether a merchant's account has the older one is for it to say.
    const switches = { ...defaultSwitches, legacyApi: true };
    const options = { ...defaultPracticeOptions, customers, seed, switches };
    const practiceShop = await startPracticeShop(options);
    const session = createPracticeSession({
      practiceShop,
      startAt: options.startAt,
      databasePath: freshPracticeDatabase(start.dataFolder),
      settings: { shopName: 'Fern & Fable Coffee', accountPageLink: 'https://fern-and-fable.example/account' },
      timeoutMs: PRACTICE_TIMEOUT_MS,
      random: Math.random,
      log,
      onChange: emitChanged,
    });
    practice = session;
    // Whoever opens a practice shop of that size wants to see its texts; a storm is what comes on top.
    allowVolume(session.shop.store, customers, options.startAt);
    await session.shop.runAll();
    emitChanged();
  }

  async function restartActive(): Promise<void> {
    if (practice === undefined) {
      host.restart();
      return;
    }
    await practice.reopen();
    emitChanged();
  }

  async function closePractice(): Promise<boolean> {
    const session = practice;
    practice = undefined;
    await session?.close();
    return session !== undefined;
  }

  async function stopPractice(): Promise<void> {
    if (!(await closePractice()) || isStopping) return;
    emitChanged();
    void real.shop.runAll();
  }

  function lookForKeys(): void {
    real.openSecretsAgain().catch((thrown: unknown) => {
      log('warn', 'The saved keys could not be looked at again', { why: toError(thrown).message });
    });
  }

  const handlers = createHandlers(context);
  if (start.startInPractice) await context.startPractice(defaultPracticeOptions.customers, defaultPracticeOptions.seed);
  else void real.shop.runAll();
  const stopKnocking = startKnocking(() => {
    // While the practice shop is open the real shop rests: what a person sees move is never real.
    if (practice !== undefined) return;
    lookForKeys();
    void real.shop.knock();
    // A copy of a damaged file would push a good one out.
    if (storage.state().state === 'sound') void backups.knock(real.shop);
  });

  return {
    call: (channel, input) => callHandler(handlers, channel, input, log),
    sleep: () => real.shop.rest(),
    wake: async () => {
      if (practice !== undefined) return;
      lookForKeys();
      await real.shop.runAll();
    },
    stop: async () => {
      isStopping = true;
      storage.stop();
      inboxTest.cancel();
      await stopKnocking();
      await backups.stop();
      await inTurn(stopPractice);
      await real.shop.close();
      tidyUp(db, log);
      db.close();
      release();
    },
  };
}

/** Good for the next start, and no reason not to end: a full disk or a damaged file refuses it. */
function tidyUp(db: WriteDb, log: EngineHost['log']): void {
  try {
    db.pragma('optimize');
    // Closing does it too, but says nothing when the disk refuses; the next start then does it.
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (thrown) {
    log('warn', 'The database could not be tidied up', { why: toError(thrown).message });
  }
}

function openFolder({ start, clock, onStatement }: EngineHost): Readonly<{ release: () => void; db: WriteDb }> {
  const { dataFolder } = start;
  let release: (() => void) | undefined;
  try {
    release = lockDataFolder(dataFolder);
    if (release === undefined) {
      throw new OpenProblem(
        'locked',
        'Another Heads Up is using this data folder.',
        'Close the other one and start again.',
      );
    }
    const db = openDatabase({
      path: join(dataFolder, 'heads-up.db'),
      isExclusive: true,
      ...(clock && { now: clock.now }),
      ...(onStatement && { onStatement }),
    });
    return { release, db };
  } catch (error) {
    release?.();
    throw toOpenProblem(error);
  }
}

async function callHandler(
  handlers: EngineHandlers,
  channel: EngineChannel,
  input: unknown,
  log: EngineHost['log'],
): Promise<Result<unknown>> {
  try {
    // The router has parsed the input with this channel's schema; TypeScript cannot pair the two.
    const handle = handlers[channel] as (input: unknown) => Result<unknown> | Promise<Result<unknown>>;
    return await handle(input);
  } catch (thrown) {
    const error = toError(thrown);
    log('error', `The call ${channel} failed`, { why: error.message, stack: error.stack });
    const problem = toOpenProblem(error);
    if (problem.kind !== 'unreadable') return fail('storage', problem.message, problem.nextStep);
    return fail('internal', 'Something went wrong. The details are in the log.');
  }
}

/** At most one event per pause; the last change is never lost. */
function createPacedEvent(emit: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      emit();
    }, EVENT_PAUSE_MS).unref();
  };
}

import { setImmediate, setTimeout } from 'node:timers/promises';
import { checkIndexes, checkRows, durableTables, otherTables, type Check, type CheckedTable } from '../db/integrity.ts';
import { restoreStep, toOpenProblem, type OpenProblemKind } from '../db/open-database.ts';
import type { WriteDb } from '../db/types.ts';
import { toError } from '../../shared/result.ts';
import type { EngineHost, StorageState } from './context.ts';

export type StorageWatch = Readonly<{
  state: () => StorageState;
  /** False until the durable tables were read whole, and after damage was found. */
  mayWork: () => boolean;
  /** Settles when `mayWork` first tells: they are sound, or damaged, or the check was stopped. Never rejects. */
  looked: Promise<void>;
  /** A job came to its end, with what it threw; a database that refuses to be written shows in this way. */
  noteJob: (job: string, error: Error | null) => void;
  /** Ends the check where it is. */
  stop: () => void;
}>;

const PAUSE_MS = 1;
const restore = `Nothing is sent. Stop Heads Up. ${restoreStep}`;

/** What to do while Heads Up runs; it tries again by itself. */
const ways: Record<Exclude<OpenProblemKind, 'damaged'>, string> = {
  full: 'Free some space: Heads Up goes on by itself. Nothing is sent that cannot be written down.',
  locked: 'Close the other program: Heads Up goes on by itself.',
  failing: 'Look at the disk: Heads Up goes on by itself when it can. Nothing is sent that cannot be written down.',
  read_only: 'Check the permissions of the data folder: Heads Up goes on by itself.',
  newer: 'Start the newer version of Heads Up.',
  unreadable: 'Heads Up tries again. The details are in the log.',
};

/**
 * Looks after the database: checks it whole, and keeps in mind which jobs could not write it.
 *
 * It is read in small steps while calls are answered: the durable tables before anything is sent, the rest beside the jobs.
 */
export function watchStorage(db: WriteDb, onChange: () => void, log: EngineHost['log']): StorageWatch {
  let checked: StorageState = { state: 'checking', message: null };
  let isDurableSound = false;
  let isStopped = false;
  const failing = new Map<string, string>();

  const declareDamaged = (what: string, problem: string): void => {
    log('error', 'The database is damaged', { what, problem });
    checked = { state: 'damaged', message: `${what} is damaged. ${restore}` };
    onChange();
  };
  const mayGoOn = (): boolean => !isStopped && db.open && checked.state !== 'damaged';

  /** False also when the check may not go on. */
  async function areSound(
    tables: readonly CheckedTable[],
    begin: (db: WriteDb, table: CheckedTable) => Check,
    pause: () => Promise<unknown>,
  ): Promise<boolean> {
    for (const table of tables) {
      const problem = await findProblem(() => begin(db, table), pause, mayGoOn);
      if (!mayGoOn()) return false;
      if (problem === null) continue;
      declareDamaged(`The table ${table} of the database`, problem);
      return false;
    }
    return true;
  }

  /** What does not keep the jobs waiting: they need the processor more. */
  async function checkRest(): Promise<void> {
    const pause = (): Promise<unknown> => setTimeout(PAUSE_MS);
    if (!(await areSound(otherTables, checkRows, pause))) return;
    if (!(await areSound([...durableTables, ...otherTables], checkIndexes, pause))) return;
    checked = { state: 'sound', message: null };
    onChange();
  }

  const looked = areSound(durableTables, checkRows, () => setImmediate()).then((areDurableSound) => {
    isDurableSound = areDurableSound;
    if (isDurableSound) void checkRest();
  });

  return {
    state: () => {
      const [message] = failing.values();
      return checked.state === 'damaged' || message === undefined ? checked : { state: 'failing', message };
    },
    mayWork: () => isDurableSound && checked.state !== 'damaged',
    looked,
    stop: () => {
      isStopped = true;
    },
    noteJob: (job, error) => {
      const before = failing.get(job);
      const problem = error !== null && isFromStorage(error) ? toOpenProblem(error) : undefined;
      if (problem === undefined) failing.delete(job);
      else if (problem.kind === 'damaged') declareDamaged('The database', problem.message);
      else failing.set(job, `${problem.message} ${ways[problem.kind]}`);
      if (failing.get(job) !== before) onChange();
    },
  };
}

/** Damage shows as a finding of the check, or as a check that cannot even be made. */
async function findProblem(
  begin: () => Check,
  pause: () => Promise<unknown>,
  mayGoOn: () => boolean,
): Promise<string | null> {
  try {
    const check = begin();
    let step = check.next();
    while (step.done !== true) {
      await pause();
      if (!mayGoOn()) return null;
      step = check.next();
    }
    return step.value;
  } catch (thrown) {
    return toError(thrown).message;
  }
}

/** A broken constraint is a bug of ours, and no fault of the disk. */
function isFromStorage(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === 'ENOSPC' || code === 'EIO' || (code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT'));
}

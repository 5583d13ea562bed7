import { checkTable, durableTables, otherTables } from '../db/integrity.ts';
import { restoreStep, toOpenProblem, type OpenProblemKind } from '../db/open-database.ts';
import type { WriteDb } from '../db/types.ts';
import { toError } from '../../shared/result.ts';
import type { EngineHost, StorageState } from './context.ts';

export type StorageWatch = Readonly<{
  state: () => StorageState;
  /** A job came to its end, with what it threw; a database that refuses to be written shows in this way. */
  noteJob: (job: string, error: Error | null) => void;
}>;

type Table = Parameters<typeof checkTable>[1];

const PAUSE_MS = 20;
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
 * The small durable tables are checked before anything is sent, the rest table by table while the console already runs.
 */
export function watchStorage(db: WriteDb, onChange: () => void, log: EngineHost['log']): StorageWatch {
  let checked: StorageState = { state: 'checking', message: null };
  const failing = new Map<string, string>();

  const declareDamaged = (what: string, problem: string): void => {
    log('error', 'The database is damaged', { what, problem });
    checked = { state: 'damaged', message: `${what} is damaged. ${restore}` };
    onChange();
  };

  const isSound = (table: Table): boolean => {
    const problem = findProblem(db, table);
    if (problem !== null) declareDamaged(`The table ${table} of the database`, problem);
    return problem === null;
  };

  const rest = [...otherTables];
  const checkNext = (): void => {
    const table = rest.shift();
    if (!db.open || checked.state === 'damaged') return;
    if (table === undefined) {
      checked = { state: 'sound', message: null };
      onChange();
    } else if (isSound(table)) {
      setTimeout(checkNext, PAUSE_MS);
    }
  };
  if (durableTables.every(isSound)) setTimeout(checkNext, PAUSE_MS);

  return {
    state: () => {
      const [message] = failing.values();
      return checked.state === 'damaged' || message === undefined ? checked : { state: 'failing', message };
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
function findProblem(db: WriteDb, table: Table): string | null {
  try {
    return checkTable(db, table);
  } catch (thrown) {
    return toError(thrown).message;
  }
}

/** A broken constraint is a bug of ours, and no fault of the disk. */
function isFromStorage(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === 'ENOSPC' || code === 'EIO' || (code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT'));
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { runToEnd, startCrashChild, type CrashJob } from '../../helpers/crash-job.ts';
import { scratch } from '../../helpers/scratch.ts';

const TIMEOUT_MS = 600_000;
const nowhere = 'http://127.0.0.1:9';

/** Opens the database and closes it again. */
const open = (databasePath: string): CrashJob => ({
  databasePath,
  world: {
    smartrr: nowhere,
    postscript: nowhere,
    inbox: nowhere,
    clock: nowhere,
    smartrrToken: '',
    postscriptKey: '',
    inboxToken: '',
  },
  connected: [],
  steps: [],
});

function schemaOf(path: string): unknown[] {
  const db = new Database(path, { readonly: true });
  try {
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    return [db.pragma('user_version', { simple: true }), ...db.prepare('SELECT name, sql FROM sqlite_schema').all()];
  } finally {
    db.close();
  }
}

it('SIGKILL anywhere in the first start: the next start has the whole schema', { timeout: TIMEOUT_MS }, async () => {
  const folder = mkdtempSync(join(scratch, 'heads-up-first-start-'));
  try {
    const whole = join(folder, 'whole.db');
    const { turns: numbers } = await runToEnd([open(whole)]);
    const schema = schemaOf(whole);
    const pathOf = (number: number): string => join(folder, `${number}`, 'heads-up.db');

    const waiting = [...numbers];
    const kill = async (): Promise<void> => {
      for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
        const { end } = await startCrashChild([{ ...open(pathOf(number)), killAtStatement: number }]);
        expect(await end).toEqual({ kind: 'killed' });
      }
    };
    await Promise.all([kill(), kill()]);

    await runToEnd(numbers.map((number) => open(pathOf(number))));
    for (const number of numbers) {
      expect(schemaOf(pathOf(number))).toEqual(schema);
      // The draft of a start that was cut short does not stay behind.
      expect(readdirSync(join(folder, `${number}`)).filter((name) => name.includes('.new'))).toEqual([]);
    }
    console.log(`first start: ${numbers.length} kills`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

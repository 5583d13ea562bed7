import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { enqueuedLine, type VictimEnvironment } from './victim.ts';

/** A queue as one writes it without thinking of a crash, in two ways: what the victims' loop must find out. */

// The victims' loop starts this process, with all of them.
const { VICTIM_FOLDER, VICTIM_URL, VICTIM_KEY, VICTIM_JOBS, VICTIM_AT_ONCE } = process.env as VictimEnvironment;
const BETWEEN_MS = 20;
const marksFirst = process.env['NAIVE'] === 'mark-first';
const db = new Database(`${VICTIM_FOLDER}/naive.db`);
db.exec('CREATE TABLE IF NOT EXISTS jobs (key TEXT PRIMARY KEY, is_done INTEGER NOT NULL DEFAULT 0) STRICT');
const insert = db.prepare('INSERT INTO jobs (key) VALUES (?)');
for (const key of JSON.parse(VICTIM_JOBS) as readonly string[]) insert.run(key);
process.stdout.write(`${enqueuedLine}\n`);

const waiting = db.prepare<[], string>('SELECT key FROM jobs WHERE is_done = 0').pluck().all();
const markDone = db.prepare('UPDATE jobs SET is_done = 1 WHERE key = ?');

async function work(): Promise<void> {
  for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
    if (marksFirst) {
      markDone.run(key);
      // What comes between the mark and the request is what a kill must hit.
      await wait(BETWEEN_MS);
    }
    const answer = await fetch(VICTIM_URL, {
      method: 'POST',
      headers: { Authorization: `Bearer ${VICTIM_KEY}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'job', external_id: key }),
    });
    await answer.text();
    if (!marksFirst && answer.ok) markDone.run(key);
  }
}
await Promise.all(Array.from({ length: Number(VICTIM_AT_ONCE) }, work));

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Another process takes hold of a database, the way a database tool or a second Heads Up would; returns what ends it.
 *
 * Rejects with SQLite's code when it cannot have it.
 */
export async function holdLock(
  path: string,
  statement: 'BEGIN EXCLUSIVE' | 'BEGIN IMMEDIATE' | 'SELECT count(*) FROM marks',
): Promise<() => Promise<void>> {
  const script = `
    const Database = require('better-sqlite3');
    const db = new Database(process.argv[1], { timeout: 0 });
    db.pragma('locking_mode = ${statement === 'BEGIN EXCLUSIVE' ? 'EXCLUSIVE' : 'NORMAL'}');
    try { db.exec('${statement}'); } catch (error) { process.stdout.write(error.code); process.exit(1); }
    process.stdout.write('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['-e', script, path], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const release = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(release);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', (said: Buffer) => {
      if (said.toString() === 'held') resolve();
      else reject(new Error(said.toString()));
    });
    child.once('exit', (code) => reject(new Error(`The process that holds the lock ended with ${code}`)));
  });
  return release;
}

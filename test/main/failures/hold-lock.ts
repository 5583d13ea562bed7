import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Another process takes hold of a database, the way a database tool or a second Heads Up would; returns what ends it. */
export async function holdLock(
  path: string,
  statement: 'BEGIN EXCLUSIVE' | 'BEGIN IMMEDIATE',
): Promise<() => Promise<void>> {
  const script = `
    const Database = require('better-sqlite3');
    const db = new Database(process.argv[1]);
    db.pragma('locking_mode = ${statement === 'BEGIN EXCLUSIVE' ? 'EXCLUSIVE' : 'NORMAL'}');
    db.exec('${statement}');
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
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`The process that holds the lock ended with ${code}`)));
  });
  return release;
}

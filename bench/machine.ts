import { cpus, loadavg, release, totalmem, type as systemName } from 'node:os';
import Database from 'better-sqlite3';

/** What a figure was measured on, in one line. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const db = new Database(':memory:');
  const sqlite = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
  db.close();
  return [
    `${cpus().length} x ${cpu?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 1e9)} GB`,
    `${systemName()} ${release()} ${process.arch}`,
    `Node ${process.versions.node}`,
    `SQLite ${sqlite}`,
    `load ${(loadavg()[0] ?? 0).toFixed(1)} before it began`,
  ].join(', ');
}

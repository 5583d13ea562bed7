import {
  defaultSettings,
  shopSettingsSchema,
  type SettingsChange,
  type ShopSettings,
} from '../../shared/domain/settings.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

/** Settings, marks and kept numbers. */

export function readSettings(db: ReadDb): ShopSettings {
  const rows = prepared<[], { name: string; value: string }>(db, 'SELECT name, value FROM settings').all();
  const saved: Record<string, unknown> = {};
  for (const { name, value } of rows) saved[name] = JSON.parse(value);
  // A saved value that this version does not accept falls back to its default rather than stopping the shop.
  const shape = shopSettingsSchema.shape;
  const settings: Record<string, unknown> = { ...defaultSettings };
  for (const [name, schema] of Object.entries(shape)) {
    if (!(name in saved)) continue;
    const value = saved[name];
    // A trigger that is new in this version must not switch the others back on.
    const isSwitches = name === 'enabledTriggers' && typeof value === 'object';
    const parsed = schema.safeParse(isSwitches ? { ...defaultSettings.enabledTriggers, ...value } : value);
    if (parsed.success) settings[name] = parsed.data;
  }
  return shopSettingsSchema.parse(settings);
}

/** True once somebody has saved it, also when what was saved is the default. */
export function isSettingSaved(db: ReadDb, name: keyof ShopSettings): boolean {
  const row = prepared<{ name: string }, { value: string }>(db, 'SELECT value FROM settings WHERE name = :name');
  return row.get({ name }) !== undefined;
}

export function saveSettings(db: WriteDb, change: SettingsChange): void {
  const save = prepared<{ name: string; value: string }>(
    db,
    `INSERT INTO settings (name, value) VALUES (:name, :value)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value`,
  );
  db.transaction(() => {
    for (const [name, value] of Object.entries(change)) {
      if (value !== undefined) save.run({ name, value: JSON.stringify(value) });
    }
  })();
}

export function readMark(db: ReadDb, name: string): string | undefined {
  return prepared<{ name: string }, string>(db, 'SELECT value FROM marks WHERE name = :name').pluck().get({ name });
}

type MarksOfTheLine = Readonly<Record<'hold' | 'line_pause' | 'unknown_streak', string | null>>;

/** In one question, because it is asked before each text. */
export function readMarksOfTheLine(db: ReadDb): MarksOfTheLine {
  const marks = prepared<[], MarksOfTheLine>(
    db,
    `SELECT (SELECT value FROM marks WHERE name = 'hold') AS hold,
       (SELECT value FROM marks WHERE name = 'line_pause') AS line_pause,
       (SELECT value FROM marks WHERE name = 'unknown_streak') AS unknown_streak`,
  ).get();
  if (marks === undefined) throw new Error('Expected one row of marks');
  return marks;
}

export function setMark(db: WriteDb, name: string, value: string | null): void {
  if (value === null) {
    prepared<{ name: string }>(db, 'DELETE FROM marks WHERE name = :name').run({ name });
    return;
  }
  prepared<{ name: string; value: string }>(
    db,
    `INSERT INTO marks (name, value) VALUES (:name, :value)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value`,
  ).run({ name, value });
}

export function addToTotal(db: WriteDb, name: string, by: number): void {
  if (by === 0) return;
  prepared<{ name: string; by: number }>(
    db,
    `INSERT INTO totals (name, count) VALUES (:name, :by)
     ON CONFLICT (name) DO UPDATE SET count = count + :by`,
  ).run({ name, by });
}

export function readTotal(db: ReadDb, name: string): number {
  return (
    prepared<{ name: string }, { count: number }>(db, 'SELECT count FROM totals WHERE name = :name').get({ name })
      ?.count ?? 0
  );
}

const HOUR_MS = 3_600_000;

export function countInHour(db: WriteDb, name: string, at: number): void {
  prepared<{ name: string; hour: number }>(
    db,
    `INSERT INTO hourly_counts (hour, name, count) VALUES (:hour, :name, 1)
     ON CONFLICT (hour, name) DO UPDATE SET count = count + 1`,
  ).run({ name, hour: Math.floor(at / HOUR_MS) });
}

/** Sum of a kept number over the hours that start in [from, to). */
export function sumHours(db: ReadDb, name: string, from: number, to: number): number {
  return (
    prepared<{ name: string; from: number; to: number }, { sum: number | null }>(
      db,
      'SELECT sum(count) AS sum FROM hourly_counts WHERE hour >= :from AND hour < :to AND name = :name',
    ).get({ name, from: Math.ceil(from / HOUR_MS), to: Math.ceil(to / HOUR_MS) })?.sum ?? 0
  );
}

/** A kept number hour by hour, of the hours that start in [from, until); hours that had none are left out. */
export function listHours(
  db: ReadDb,
  name: string,
  from: number,
  until: number,
): readonly Readonly<{ startsAt: number; count: number }>[] {
  return prepared<{ name: string; from: number; until: number }, { hour: number; count: number }>(
    db,
    'SELECT hour, count FROM hourly_counts WHERE hour >= :from AND hour < :until AND name = :name ORDER BY hour',
  )
    .all({ name, from: Math.ceil(from / HOUR_MS), until: Math.ceil(until / HOUR_MS) })
    .map(({ hour, count }) => ({ startsAt: hour * HOUR_MS, count }));
}

/** The busiest of the hours that lie whole between the two instants, of each UTC day that had any. */
export function busiestHours(db: ReadDb, since: number, until: number): readonly number[] {
  return prepared<{ since: number; until: number }, { busiest: number }>(
    db,
    `SELECT max(count) AS busiest FROM hourly_counts
     WHERE hour >= :since AND hour < :until AND name = 'queued'
     GROUP BY hour / 24 ORDER BY hour / 24 DESC LIMIT 31`,
  )
    .all({ since: Math.ceil(since / HOUR_MS), until: Math.floor(until / HOUR_MS) })
    .map(({ busiest }) => busiest);
}

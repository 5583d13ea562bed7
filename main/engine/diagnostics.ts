import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describeDatabase } from '../db/database-facts.ts';
import { readMark } from '../db/shop.ts';
import { redact } from '../log/redact.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import type { ConnectionView } from '../../shared/ipc/schemas.ts';
import type { StorageState } from './context.ts';
import type { EngineStart } from './port.ts';
import type { Shop } from './shop.ts';

export type DiagnosticsFile = Readonly<{ name: string; about: string; text: string }>;
export type Bundle = Readonly<{ files: readonly DiagnosticsFile[]; zip: string }>;

const MOST_LINES = 2000;
/** As much of the log's end is looked at: it bounds what is handed to the window, whatever a line may hold. */
const MOST_LOG_BYTES = 2_000_000;
const removed = '[removed]';

/** Marks that say how far a job has come. The others may name somebody, or an address of the merchant's own. */
const tellingMarks = [
  'baseline_at',
  'page_base',
  'subscriptions_filter',
  'bills_filter',
  'subscriptions_through',
  'bills_through',
  'full_walk_at',
  'synced_at',
  'whole_at',
  'unknown_streak',
  'line_pause',
  'storm_allowance',
  'erased_at',
  'restored',
  'backed_up_at',
];

export type DiagnosticsSource = Readonly<{
  id: string;
  madeAt: number;
  start: EngineStart;
  shop: Shop;
  connections: readonly ConnectionView[];
  storage: StorageState;
  isPractice: boolean;
}>;

/** Gathers what helps somebody to help: how Heads Up is set up and how it does, nothing about anybody. */
export function collectDiagnostics(source: DiagnosticsSource): Bundle {
  const { shop, start } = source;
  const files: DiagnosticsFile[] = [
    { name: 'about.json', about: 'Versions of Heads Up and of what it runs on', text: toText(aboutOf(source)) },
    {
      name: 'settings.json',
      about: "The shop's settings, without its name and its link",
      text: toText(redactSettings(shop.store.settings())),
    },
    {
      name: 'connections.json',
      about: 'How each connection does, without keys and names',
      text: toText(source.connections.map(describeConnection)),
    },
    {
      name: 'database.json',
      about: 'How the database is made and how many rows it holds, none of their contents',
      text: toText(databaseOf(source)),
    },
    {
      name: 'log.txt',
      about: `The last ${MOST_LINES.toLocaleString('en-US')} lines of the log, as far as they fit`,
      text: readLogEnd(join(start.dataFolder, 'logs')),
    },
  ];
  const archive = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])));
  return { files, zip: Buffer.from(archive).toString('base64') };
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function aboutOf({ id, madeAt, start, isPractice }: DiagnosticsSource): Record<string, unknown> {
  return {
    id,
    madeAt: new Date(madeAt).toISOString(),
    version: start.version,
    host: start.host,
    isPractice,
    node: process.versions.node,
    platform: process.platform,
    processor: process.arch,
    uptimeSeconds: Math.round(process.uptime()),
    memoryMb: Math.round(process.memoryUsage.rss() / 1_048_576),
  };
}

function redactSettings(settings: ShopSettings): Record<string, unknown> {
  const hide = (text: string): string => (text === '' ? '' : removed);
  return { ...settings, shopName: hide(settings.shopName), accountPageLink: hide(settings.accountPageLink) };
}

function describeConnection({ name, state, lastOkAt, failingSince, problem }: ConnectionView): Record<string, unknown> {
  const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    name,
    state,
    lastOkAt: instant(lastOkAt),
    failingSince: instant(failingSince),
    problem: problem === null ? null : redact(problem),
  };
}

function databaseOf({ shop, storage }: DiagnosticsSource): Record<string, unknown> {
  const { db } = shop;
  const marks = tellingMarks.flatMap((name) => {
    const value = readMark(db, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    storage: storage.state,
    bytes: statSync(db.name, { throwIfNoEntry: false })?.size ?? null,
    walBytes: statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? null,
    ...describeDatabase(db),
    marks: Object.fromEntries(marks),
  };
}

/** Redacted a second time, by what can be recognised without knowing any secret. */
function readLogEnd(folder: string): string {
  const names = readNames(folder).filter((name) => name === 'heads-up.log' || name === 'heads-up.1.log');
  // The older file first.
  const text = names
    .toSorted()
    .map((name) => readEnd(join(folder, name)))
    .join('');
  const lines = text.split('\n').filter((line) => line !== '');
  return `${redact(lines.slice(-MOST_LINES).join('\n'))}\n`;
}

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readEnd(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, MOST_LOG_BYTES / 2));
    const read = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const text = buffer.toString('utf8', 0, read);
    // The first line may be half a line.
    return read < size ? text.slice(text.indexOf('\n') + 1) : text;
  } finally {
    closeSync(descriptor);
  }
}

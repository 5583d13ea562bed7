import { writeSync } from 'node:fs';
import type { SecretName } from '../../../main/engine/port.ts';

/** Where everything lies below the recorded folder. */
export const places = {
  data: 'data',
  database: 'data/heads-up.db',
  config: 'config',
  keys: 'keys',
  inbox: 'inbox.sqlite',
  promises: 'promises',
} as const;

/** What somebody outside relies on from a moment on, beside the rows of the database. */
export type Promises = Readonly<{
  /** Saved keys: the call that saved them was answered. */
  secrets: Readonly<Partial<Record<SecretName, string>>>;
  /** Backups: the call that made them was answered, or the update that they are made for has begun. */
  backups: readonly string[];
  /** Messages whose webhook was answered with 200, by id. */
  messages: readonly string[];
}>;

export const noPromises: Promises = { secrets: {}, backups: [], messages: [] };

export type PromiseBook = Readonly<{
  /** A line in the recorded folder: it lands in the trace between the writes before it and those after it. */
  note: (more?: Partial<Promises>) => void;
}>;

export function openPromiseBook(descriptor: number): PromiseBook {
  let promises = noPromises;
  return {
    note: (more = {}) => {
      promises = { ...promises, ...more };
      writeSync(descriptor, `${JSON.stringify(promises)}\n`);
    },
  };
}

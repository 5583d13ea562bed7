import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { syncFoldersOf } from '../durable-files.ts';
import type { IncomingReply, RepliesPage } from '../../shared/domain/replies.ts';

/** Where the inbox keeps what came in until the console has fetched it. Every method throws when the disk refuses. */
export type InboxStore = Readonly<{
  /** All of them or none, on the disk when it returns. A message that is already there is left as it is. */
  save: (replies: readonly IncomingReply[]) => void;
  /** Undefined when the cursor is not one of ours. An empty cursor starts at the beginning. */
  listAfter: (cursor: string, limit: number) => RepliesPage | undefined;
  /** Postscript's signature token, as the console handed it over; null before that. */
  signatureToken: () => string | null;
  saveSignatureToken: (token: string) => void;
  /** Forgets what was received before that instant; returns how many messages. */
  purgeBefore: (instant: number) => number;
  /** Throws when the database cannot be read. */
  check: () => void;
  close: () => void;
}>;

type StoreOptions = Readonly<{
  /** The file may not grow beyond this; a full store refuses as a full disk does. */
  maxBytes?: number;
}>;

type ReplyRow = Readonly<{
  sequence: number;
  id: string;
  subscriberId: string | null;
  shopifyCustomerId: string | null;
  fromNumber: string;
  body: string;
  isOptOut: 0 | 1;
  receivedAt: number;
}>;

// AUTOINCREMENT, because a purge may remove the newest row and its sequence must not be given out again.
const schema = `
  CREATE TABLE IF NOT EXISTS identity (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    store_id TEXT    NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS signature (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    token    TEXT    NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS responses (
    sequence            INTEGER PRIMARY KEY AUTOINCREMENT,
    id                  TEXT    NOT NULL UNIQUE,
    subscriber_id       TEXT,
    shopify_customer_id TEXT,
    from_number         TEXT    NOT NULL,
    body                TEXT    NOT NULL,
    is_opt_out          INTEGER NOT NULL CHECK (is_opt_out IN (0, 1)),
    received_at         INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX IF NOT EXISTS responses_by_received_at ON responses (received_at);
`;

/** Opens the inbox's database, creating it when it is not there; `:memory:` keeps it nowhere. */
export function createInboxStore(path: string, { maxBytes }: StoreOptions = {}): InboxStore {
  // For its owner only: it holds phone numbers and texts. SQLite gives its side files the same mode.
  if (path !== ':memory:') {
    closeSync(openSync(path, 'a', 0o600));
    syncFoldersOf(path);
  }
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  // FULL: Postscript stops retrying on our 200, so a power cut must not take what we answered for.
  db.pragma('synchronous = FULL');
  // What retention removes is overwritten, not only unlinked.
  db.pragma('secure_delete = ON');
  db.exec(schema);
  if (maxBytes !== undefined) limitSize(db, maxBytes);
  const storeId = findOrCreateIdentity(db);

  const insert = db.prepare<Omit<ReplyRow, 'sequence'>>(
    `INSERT INTO responses (id, subscriber_id, shopify_customer_id, from_number, body, is_opt_out, received_at)
     VALUES (:id, :subscriberId, :shopifyCustomerId, :fromNumber, :body, :isOptOut, :receivedAt)
     ON CONFLICT (id) DO NOTHING`,
  );
  const insertAll = db.transaction((replies: readonly IncomingReply[]) => {
    for (const reply of replies) insert.run({ ...reply, isOptOut: reply.isOptOut ? 1 : 0 });
  });
  const select = db.prepare<{ after: number; limit: number }, ReplyRow>(
    `SELECT sequence, id, subscriber_id AS subscriberId, shopify_customer_id AS shopifyCustomerId,
            from_number AS fromNumber, body, is_opt_out AS isOptOut, received_at AS receivedAt
     FROM responses WHERE sequence > :after ORDER BY sequence LIMIT :limit`,
  );
  const purge = db.prepare<{ instant: number }>('DELETE FROM responses WHERE received_at < :instant');
  const probe = db.prepare('SELECT store_id FROM identity');
  const selectToken = db.prepare<[], { token: string }>('SELECT token FROM signature');
  const upsertToken = db.prepare<{ token: string }>(
    `INSERT INTO signature (only_row, token) VALUES (1, :token)
     ON CONFLICT (only_row) DO UPDATE SET token = excluded.token`,
  );

  return {
    save: (replies) => insertAll.immediate(replies),
    listAfter: (cursor, limit) => {
      const after = toSequence(cursor, storeId);
      if (after === undefined) return undefined;
      const rows = select.all({ after, limit });
      const last = rows.at(-1);
      return { replies: rows.map(toReply), nextCursor: last === undefined ? cursor : `${storeId}.${last.sequence}` };
    },
    signatureToken: () => selectToken.get()?.token ?? null,
    saveSignatureToken: (token) => void upsertToken.run({ token }),
    purgeBefore: (instant) => purge.run({ instant }).changes,
    check: () => void probe.get(),
    close: () => void db.close(),
  };
}

/**
 * Reads our cursor, `store id.sequence`.
 *
 * A cursor of another store means that the inbox was set up anew while the console kept its place: numbers start
 * again at 1, so everything is handed out once more. The console knows each message by its id and loses nothing.
 */
function toSequence(cursor: string, storeId: string): number | undefined {
  if (cursor === '') return 0;
  const parts = /^([0-9a-f]{32})\.(\d{1,15})$/.exec(cursor);
  if (parts === null) return undefined;
  return parts[1] === storeId ? Number(parts[2]) : 0;
}

function findOrCreateIdentity(db: Database.Database): string {
  db.prepare('INSERT INTO identity (only_row, store_id) VALUES (1, ?) ON CONFLICT DO NOTHING').run(
    randomUUID().replaceAll('-', ''),
  );
  const row = db.prepare<[], { store_id: string }>('SELECT store_id FROM identity').get();
  if (row === undefined) throw new Error('Expected the inbox database to have an identity');
  return row.store_id;
}

function limitSize(db: Database.Database, maxBytes: number): void {
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  db.pragma(`max_page_count = ${Math.max(1, Math.floor(maxBytes / pageSize))}`);
}

function toReply(row: ReplyRow): IncomingReply {
  return {
    id: row.id,
    subscriberId: row.subscriberId,
    shopifyCustomerId: row.shopifyCustomerId,
    fromNumber: row.fromNumber,
    body: row.body,
    isOptOut: row.isOptOut === 1,
    receivedAt: row.receivedAt,
  };
}

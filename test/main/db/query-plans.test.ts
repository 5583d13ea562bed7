import { readdirSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import { deliveryStates } from '../../../shared/domain/deliveries.ts';
import { triggerNames } from '../../../shared/domain/triggers.ts';
import { makeDataFolder, startTestEngine } from '../../helpers/engine.ts';
import { isNoticeOf } from '../../../main/db/notices.ts';
import type { WriteDb } from '../../../main/db/types.ts';
import { openTestStore } from '../../helpers/core-shop.ts';

/** Tables that grow with the shop or with time: no query of a screen or a job may read one of them whole. */
const big = ['customers', 'subscriptions', 'deliveries', 'attempts', 'decisions', 'replies', 'bills', 'skips'];

/** Every statement that a day of work and every screen prepare on the engine's databases. */
async function gatherStatements(): Promise<readonly string[]> {
  const gathered = new Set<string>();
  // better-sqlite3 offers no hook for the text of a statement before its values are filled in.
  const prepare = Reflect.get(Database.prototype, 'prepare') as (this: Database.Database, sql: string) => unknown;
  Reflect.set(Database.prototype, 'prepare', function (this: Database.Database, sql: string) {
    gathered.add(sql);
    return prepare.call(this, sql);
  });
  try {
    const { ask, call } = await startTestEngine({ startInPractice: true });
    for (let day = 0; day < 4; day += 1) await ask('practice.advance', { by: 'day' });
    const { phones } = await ask('practice.get', { search: '' });
    const texted = phones.find(({ messages }) => messages.some(({ body }) => body.includes('reply SKIP')));
    if (texted === undefined) throw new Error('Expected somebody to have a notice');
    await ask('practice.reply', { customerId: texted.customerId, body: 'SKIP' });
    await ask('practice.reply', { customerId: texted.customerId, body: 'What is this?' });

    await ask('overview.get', {});
    await ask('overview.missed', { cursor: null });
    await ask('status.get', {});
    for (const text of ['', 'dana'])
      await ask('upcoming.list', { cursor: null, outcomes: ['goes'], text, noticeDate: null, tried: null });
    await ask('upcoming.days', {
      tried: { leadDays: 5, window: { opens: '09:00', closes: '20:00' }, minimumNoticeHours: 12 },
    });
    for (const state of [null, ...deliveryStates])
      for (const trigger of [null, ...triggerNames])
        await ask('deliveries.list', { cursor: null, filter: { ...everyDelivery, state, trigger } });
    const { rows } = await ask('deliveries.list', { cursor: null, filter: everyDelivery });
    await ask('deliveries.get', { id: rows[0]?.id ?? 0 });
    await ask('deliveries.follow', { filter: everyDelivery, newest: null, ids: rows.slice(0, 9).map(({ id }) => id) });
    await ask('deliveries.volume', { from: null, to: null });
    await ask('deliveries.planBulkResend', { filter: { ...everyDelivery, search: '555 0100' } });
    await ask('deliveries.exportPage', { filter: everyDelivery, cursor: null, withPhones: false });
    await call('deliveries.resend', { id: rows[0]?.id ?? 0 });
    await call('deliveries.markAccepted', { id: rows[0]?.id ?? 0 });
    await ask('decisions.list', { cursor: null, customerId: null });
    await ask('decisions.list', { cursor: null, customerId: texted.customerId });
    for (const onlyNeedsPerson of [true, false])
      await ask('replies.listConversations', { cursor: null, onlyNeedsPerson });
    const { rows: waiting } = await ask('replies.listConversations', { cursor: null, onlyNeedsPerson: true });
    const replyId = waiting[0]?.id ?? '';
    await ask('replies.getConversation', { replyId, cursor: null });
    await call('replies.ignore', { replyId });
    await call('replies.reopen', { replyId });
    await call('replies.undoSkip', { skipId: 1 });
    for (const text of ['', 'dana', '555']) await ask('customers.list', { text, cursor: null });
    const { subscriptions } = await ask('customers.get', { id: texted.customerId });
    await call('replies.skipOrder', { replyId, subscriptionId: subscriptions[0]?.id ?? '' });
    await ask('triggers.list', {});
    await ask('templates.people', { trigger: 'upcoming_order' });
    await ask('triggers.sendTest', { trigger: 'upcoming_order', subscriptionId: null, phone: null });
    const { sendingOn: _, enabledTriggers: __, ...settings } = await ask('settings.get', {});
    await ask('settings.save', { ...settings, timeZone: 'America/Los_Angeles' });
    await ask('sending.setOn', { on: true });
    await ask('sync.run', {});
    await ask('setup.get', {});
    await ask('privacy.get', {});
    await ask('privacy.eraseOldContents', {});
    await ask('privacy.exportCustomer', { id: texted.customerId });
    await ask('privacy.eraseCustomer', { id: texted.customerId, confirmation: 'ERASE' });
    await ask('backups.restore', { name: (await ask('backups.create', {})).name });
  } finally {
    Reflect.set(Database.prototype, 'prepare', prepare);
  }
  return [...gathered];
}

const isOurs = (sql: string): boolean =>
  /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/i.test(sql) && new RegExp(`\\b(${big.join('|')})\\b`).test(sql);

/** The newest rows by the key itself, whatever is in them, as many as are asked for. */
const isBounded = (sql: string): boolean =>
  !/\bWHERE\b/.test(sql) && sql.trim().endsWith('ORDER BY replies.sequence DESC LIMIT :limit');

/** The next rows by their key, whatever is in them, as the check of the database reads them. */
const isNextByKey = (sql: string): boolean =>
  /FROM \w+ AS row\s+WHERE \(row\.[^()]+\) > \([^()]+\) ORDER BY row\.[^()]+ LIMIT \d+$/.test(sql);

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Every statement in the source of main/db, as a pattern where parts of it are put in. */
function listStatementsInSource(): { sql: string; pattern: RegExp }[] {
  const folder = new URL('../../../main/db/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/`([^`]*)`|'([^'\n]*)'|"([^"\n]*)"/g)])
    .map(([, template, single, double]) => flat(template ?? single ?? double ?? ''))
    .filter((sql) => /^(SELECT|INSERT|UPDATE|DELETE) /.test(sql) && isOurs(sql))
    .map((sql) => {
      const fixed = sql.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return { sql, pattern: new RegExp(fixed.join('.*')) };
    });
}

/** What `optimize` finds out about a shop of a million when it is closed, by which the plans of the next start are made. */
function pretendToBeLarge(db: WriteDb): void {
  db.exec('ANALYZE');
  const indexes = db
    .prepare<[], { table: string; name: string | null }>(
      `SELECT tbl_name AS "table", name FROM sqlite_schema WHERE type = 'index'`,
    )
    .all();
  const save = db.prepare('INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)');
  db.exec('DELETE FROM sqlite_stat1');
  for (const { table, name } of indexes) {
    const columns = db.pragma(`index_info(${name ?? ''})`) as { name: string | null }[];
    const isSmall = !big.includes(table) || [...smallIndexes, ...alsoSmall].includes(name ?? '');
    const rows = isSmall ? 20 : 1_000_000;
    let each = rows;
    // How many rows have the same values so far: two of one thing, a thirtieth of one kind or day.
    const stat = columns.map((column) => {
      each = /(^|_)(id|key|fact|phone|number)$/.test(column.name ?? '') ? Math.min(each, 2) : Math.ceil(each / 30);
      return each;
    });
    save.run(table, name, [rows, ...stat].join(' '));
  }
  // Statistics are read when the schema is.
  db.exec('ANALYZE sqlite_schema');
}

function setUp(isLarge = false) {
  const { db, store } = openTestStore();
  store.startWalk();
  if (isLarge) pretendToBeLarge(db);
  return {
    plansOf: (sql: string): string[] =>
      // Values do not matter to the plan; every parameter gets one.
      db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(valuesFor(sql))
        .map(({ detail }) => detail),
  };
}

function valuesFor(sql: string): Record<string, null> {
  return Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name ?? '', null]));
}

/** A scan through an index is fine only where the index holds the few rows that are asked for. */
const smallIndexes = ['deliveries_open', 'deliveries_for_person', 'subscriptions_to_plan'];
const alsoSmall = ['replies_undecided', 'replies_for_person', 'skips_open'];

/** Walked from one end in their own order, as far as a limit: the cost does not grow with the index. */
const walkedFromAnEnd = [
  'customers_by_first_name_length',
  'customers_by_last_name_length',
  'customers_beyond_gsm',
  'subscriptions_by_titles_length',
  'subscriptions_beyond_gsm',
];

/** Few rows for ever, or none of its own: whatever else is scanned is a big table, by its name or under another one. */
const small = new Set([
  'settings',
  'marks',
  'totals',
  'selling_plans',
  'set_up_confirmations',
  'CONSTANT',
  'json_each',
  // The schema and its indexes.
  'sqlite_schema',
  'indexes',
]);

function faultOf(sql: string, detail: string): string | undefined {
  // Words that are searched for are found in the index of words.
  if (/^SCAN customer_search VIRTUAL TABLE INDEX \d+:\S*M/.test(detail)) return undefined;
  const [, scanned] = /^SCAN (\S+)/.exec(detail) ?? [];
  // What is read inside a subquery, or a part that has a name of its own, has a line of its own.
  const isPart = scanned?.startsWith('(subquery') === true || sql.includes(`WITH ${scanned ?? ''} (`);
  if (scanned !== undefined && !small.has(scanned) && !isPart) {
    const [, index] = /USING (?:COVERING )?INDEX (\w+)/.exec(detail) ?? [];
    if (index === undefined) return detail;
    const isWalkedFromAnEnd = walkedFromAnEnd.includes(index) && sql.trim().endsWith('LIMIT :limit');
    return isWalkedFromAnEnd || [...smallIndexes, ...alsoSmall].includes(index) ? undefined : detail;
  }
  // An index whose order is not used gives its rows only after all of them were read.
  if (detail.startsWith('USE TEMP B-TREE FOR ORDER BY') && walkedFromAnEnd.some((index) => sql.includes(index))) {
    return detail;
  }
  // Walking back from a row by the key alone, past every row that another condition sorts out, is a scan as well.
  const isWalk = /^SEARCH \w+ USING INTEGER PRIMARY KEY \(rowid[<>]/.test(detail);
  return isWalk && !isNextByKey(sql) && /\b(customer_id|subscription_id|state|trigger|needs_person) = /.test(sql)
    ? detail
    : undefined;
}

describe('the queries of screens and jobs', () => {
  it('read no big table whole', async () => {
    const statements = (await gatherStatements()).filter(isOurs);
    const gathered = statements.map(flat);
    // Also those that this day had no use for; one that is put together is known only by having run.
    const unused = listStatementsInSource().filter(({ pattern }) => !gathered.some((sql) => pattern.test(sql)));
    expect(unused.filter(({ sql }) => sql.includes('${')).map(({ sql }) => sql)).toEqual([]);
    for (const isLarge of [false, true]) {
      const { plansOf } = setUp(isLarge);
      const faults = [...statements, ...unused.map(({ sql }) => sql)].flatMap((sql) =>
        plansOf(sql)
          .filter((detail) => faultOf(sql, detail) !== undefined && !isBounded(sql))
          .map((detail) => `${detail}: ${flat(sql)}`),
      );
      expect({ isLarge, faults }).toEqual({ isLarge, faults: [] });
    }
  });

  it.each([false, true])(
    'find the notice of an order by its key, and not among all of its day (large: %s)',
    (isLarge) => {
      const { plansOf } = setUp(isLarge);
      const search = 'SEARCH deliveries USING INDEX sqlite_autoindex_deliveries_1 (key>? AND key<?)';
      expect(plansOf(`SELECT * FROM deliveries WHERE ${isNoticeOf(':subscriptionId', ':orderDate')}`)).toEqual([
        search,
      ]);
      const ofRow = `SELECT 1 FROM deliveries WHERE ${isNoticeOf('subscriptions.id', 'next_order_date')}`;
      expect(plansOf(`SELECT EXISTS (${ofRow}) FROM subscriptions WHERE id = :id`)).toContain(search);
    },
  );

  it('of a start read no big table whole, and no check of SQLite itself does', async () => {
    const dataFolder = makeDataFolder();
    const first = await startTestEngine({ dataFolder });
    await first.stop();
    const ran = new Set<string>();
    const { ask } = await startTestEngine({ dataFolder, onStatement: (sql) => void ran.add(String(sql)) });
    await expect.poll(async () => (await ask('status.get', {})).storage.state, { interval: 5 }).toBe('sound');
    const statements = [...ran];
    expect(statements.filter(isOurs).some(isNextByKey)).toBe(true);
    expect(
      statements.filter((sql) => /(?:quick|integrity|foreign_key)_check|^\s*(ANALYZE|VACUUM|REINDEX)\b/i.test(sql)),
    ).toEqual([]);
    const { plansOf } = setUp(true);
    const faults = statements.filter(isOurs).flatMap((sql) => plansOf(sql).filter((detail) => faultOf(sql, detail)));
    expect(faults).toEqual([]);
  });

  it('would be caught if one did', () => {
    const { plansOf } = setUp();
    for (const sql of [
      "SELECT * FROM deliveries WHERE properties = '{}'",
      'SELECT count(*) FROM decisions',
      'SELECT count(*) FROM subscriptions AS theirs',
      'SELECT max(rowid) FROM customer_search WHERE rowid IN (SELECT row_id FROM customers WHERE email = :email)',
      'SELECT * FROM customers WHERE email = :email',
      'SELECT * FROM decisions WHERE subscription_id = :id AND id < :before ORDER BY id DESC LIMIT 50',
    ]) {
      expect({ sql, faults: plansOf(sql).filter((detail) => faultOf(sql, detail) !== undefined) }).not.toEqual({
        sql,
        faults: [],
      });
    }
  });
});

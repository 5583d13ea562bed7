import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eraseCustomer } from '../../../main/db/erase-customer.ts';
import { createLogger } from '../../../main/log/logger.ts';
import { day, minute } from '../../helpers/core-shop.ts';
import { makeDataFolder, startTestEngine } from '../../helpers/engine.ts';
import { openPractice } from '../../helpers/practice.ts';
import { scratch } from '../../helpers/scratch.ts';

describe('the diagnostics bundle', () => {
  it('holds nobody’s name, number or address, no text and no part of a key', async () => {
    const dataFolder = makeDataFolder();
    const secrets = {
      postscript_key: 'sk_q8ZxV71LmPw44kTj',
      smartrr_token: 'Rr93hXbUdy02NcQe',
      inbox_token: 'Gv55tWzKp17sYfAo',
    };
    const { ask } = await startTestEngine({ dataFolder, startInPractice: true, secrets });
    await ask('practice.advance', { by: 'day' });
    const { phones } = await ask('practice.get', { search: '' });
    await ask('practice.reply', { customerId: phones[0]?.customerId ?? '', body: 'Leave it by the violet gate' });
    const db = new Database(join(dataFolder, 'practice', 'practice.db'), { readonly: true });
    onTestFinished(() => void db.close());
    const people = db
      .prepare<[], { name: string; phone: string | null; email: string | null }>(
        "SELECT coalesce(first_name, '') || ' ' || coalesce(last_name, '') AS name, phone, email FROM customers",
      )
      .all();
    const logger = createLogger({ folder: join(dataFolder, 'logs'), level: 'info' });
    for (const { name, phone, email } of people.slice(0, 20))
      logger.warn(`Could not reach ${phone} (${email})`, { customerName: name, body: 'the violet gate' });
    logger.close();

    const { files, id } = await ask('diagnostics.collect', {});
    const bundle = files.map(({ text }) => text).join('\n');
    expect(people.length).toBeGreaterThan(100);
    const personal = people.flatMap(({ name, phone, email }) => [name.trim(), phone?.slice(-10) ?? '', email ?? '']);
    const parts = Object.values(secrets).flatMap((secret) =>
      Array.from({ length: secret.length - 4 }, (_, from) => secret.slice(from, from + 5)),
    );
    const forbidden = [...personal, ...parts, 'violet', 'fern-and-fable'].filter((text) => text.length > 4);
    expect(forbidden.filter((text) => bundle.includes(text))).toEqual([]);
    expect(bundle).toContain(id);
    expect(bundle).toContain('Could not reach');
  });
});

describe('a customer who was erased', () => {
  it('is not brought back by any sync, gets nothing, and leaves the others as they were', async () => {
    const folder = mkdtempSync(join(scratch, 'heads-up-erased-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const practice = await openPractice({ databasePath: join(folder, 'practice.db') });
    const { session, db, store } = practice;
    await session.shop.runAll();
    const id = await practice.customerOf('Toni');
    const before = store.findCustomer(id);
    expect(eraseCustomer(db, id, session.now())).toBe('erased');
    // Over a full walk, which reads every subscription anew.
    await session.advanceTo(session.now() + 2 * day);
    await practice.control.reply(id, 'hello');
    await session.advanceTo(session.now() + 30 * minute);

    expect(store.findCustomer(id)).toMatchObject({ firstName: null, lastName: null, email: null, phone: null });
    expect(store.listSubscriptionsOfCustomer(id)).toEqual([]);
    const reached = (await practice.ledger()).events.map(({ customerId }) => customerId);
    expect(reached).not.toContain(id);
    expect(reached.length).toBeGreaterThan(0);
    db.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');
    expect(before?.email).toContain('@');
    expect(bytes).not.toContain(before?.email);
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listCustomers } from '../../../main/db/customer-search.ts';
import { exportCustomer } from '../../../main/db/customer-export.ts';
import { eraseCustomer } from '../../../main/db/erase-customer.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { readTotal, saveSettings } from '../../../main/db/shop.ts';
import { createStore } from '../../../main/engine/store.ts';
import { addSubscription, makeDraft, noon } from '../../helpers/core-shop.ts';
import { scratch } from '../../helpers/scratch.ts';

const words = {
  first: 'Zebulonia',
  last: 'Quackenbush',
  email: 'zeb@quackenbush.example',
  phone: '+12125557391',
  body: 'my door code is 8841 by the violet gate',
};

/** A database file with one customer of whom everything is known, and a neighbour. */
function setUp() {
  const folder = mkdtempSync(join(scratch, 'heads-up-erase-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const db = openDatabase({ path: join(folder, 'heads-up.db') });
  onTestFinished(() => void db.close());
  saveSettings(db, { sendingOn: true });
  const store = createStore(db);
  const contact = { firstName: words.first, lastName: words.last, email: words.email, phone: words.phone };
  addSubscription({ store }, { id: 'sub-z', customerId: 'zeb' }, { ...contact, platformNumber: '7391' });
  addSubscription({ store }, { id: 'sub-n', customerId: 'neighbour' }, { firstName: 'Nora', phone: '+12125550199' });
  const deliver = (key: string, customerId: string, state: 'accepted' | 'unknown' | 'planned'): number => {
    const properties = { account_page_link: `https://fern.example/${words.last}` };
    const about = { phone: words.phone, email: words.email, properties, key, customerId };
    const id = store.insertDelivery({ ...makeDraft(), ...about }, noon) ?? 0;
    if (state === 'planned') return id;
    const request = JSON.stringify({ phone_number: words.phone });
    const claim = { id, now: noon, phone: words.phone, email: words.email, origin: 'scheduled' as const, request };
    const attemptNumber = store.claimDelivery(claim) ?? 0;
    const rest = { now: noon, dueAt: null, httpStatus: 200, message: `told ${words.phone}`, response: words.email };
    store.finishDelivery({ id, attemptNumber, state, reason: 'accepted', outcome: 'accepted', ...rest });
    return id;
  };
  const receive = (id: string, customerId: string | null, phone: string): void => {
    const incoming = { id, subscriberId: null, shopifyCustomerId: '7391', fromNumber: phone, body: words.body };
    store.insertReply({ ...incoming, isOptOut: false, receivedAt: noon }, phone, noon);
    if (customerId === null) return;
    const outcome = { reason: 'not_understood' as const, subscriptionId: null, orderDate: null, needsPerson: true };
    store.decideReply(id, null, { ...outcome, customerId, detail: words.body });
  };
  /** Every byte of the database and of what lies beside it. */
  const bytes = (): string =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('\n')
      .toLowerCase();
  return { folder, db, store, deliver, receive, bytes };
}

describe('erasing a customer', () => {
  it('leaves not one byte of name, number, address or words in the files', () => {
    const { folder, db, deliver, receive, bytes } = setUp();
    deliver('created:sub-z', 'zeb', 'accepted');
    receive('im_1', 'zeb', words.phone);
    receive('im_2', null, words.phone);
    db.exec('ANALYZE');
    for (const word of Object.values(words)) expect(bytes()).toContain(word.toLowerCase());
    expect(eraseCustomer(db, 'zeb', noon)).toBe('erased');
    for (const word of [...Object.values(words), '2125557391', 'ackenbu'])
      expect(bytes()).not.toContain(word.toLowerCase());
    expect(existsSync(join(folder, 'heads-up.db'))).toBe(true);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.exec("INSERT INTO customer_search (customer_search) VALUES ('integrity-check')");
  });

  it('keeps keys and decisions, and ends what was still to be sent, with the reason', () => {
    const { db, store, deliver } = setUp();
    const accepted = deliver('created:sub-z', 'zeb', 'accepted');
    const unknown = deliver('updated:zeb', 'zeb', 'unknown');
    const planned = deliver('upcoming:sub-z', 'zeb', 'planned');
    eraseCustomer(db, 'zeb', noon);
    expect(store.findDelivery(accepted)).toMatchObject({ key: 'created:sub-z', state: 'accepted', phone: null });
    for (const id of [unknown, planned])
      expect(store.findDelivery(id)).toMatchObject({
        state: 'suppressed',
        reason: 'erased',
        email: null,
        properties: {},
      });
    const reasons = db.prepare<[], string>("SELECT reason FROM decisions WHERE customer_id = 'zeb'").pluck().all();
    expect(reasons).toEqual(['erased', 'erased', 'erased']);
    expect(store.reopenDelivery(unknown, noon)).toBe(false);
  });

  it('takes them out of the list and of the number of customers, however often it is asked', () => {
    const { db } = setUp();
    expect(readTotal(db, 'customers')).toBe(2);
    eraseCustomer(db, 'zeb', noon);
    eraseCustomer(db, 'zeb', noon);
    expect(readTotal(db, 'customers')).toBe(1);
    expect(listCustomers(db, '', Number.MAX_SAFE_INTEGER, 10).map(({ customer }) => customer.id)).toEqual([
      'neighbour',
    ]);
  });

  it('touches nobody else', () => {
    const { db, deliver, receive } = setUp();
    deliver('created:sub-n', 'neighbour', 'accepted');
    receive('im_3', 'neighbour', '+12125550199');
    const before = exportCustomer(db, 'neighbour');
    eraseCustomer(db, 'zeb', noon);
    expect(exportCustomer(db, 'neighbour')).toEqual(before);
    expect(before?.replies).toMatchObject([{ body: words.body }]);
  });

  it('leaves a shared number to the one who stays', () => {
    const { db, store, receive } = setUp();
    addSubscription({ store }, { id: 'sub-2', customerId: 'spouse' }, { phone: words.phone });
    receive('im_4', null, words.phone);
    eraseCustomer(db, 'zeb', noon);
    expect(store.findCustomersByPhone(words.phone).map(({ id }) => id)).toEqual(['spouse']);
    expect(store.findReply('im_4')).toMatchObject({ body: words.body, phone: words.phone });
  });

  it('waits while a request about them has no answer', () => {
    const { db, store, deliver } = setUp();
    const id = deliver('created:sub-z', 'zeb', 'planned');
    const claim = { id, now: noon, phone: words.phone, email: null, origin: 'scheduled' as const, request: '{}' };
    store.claimDelivery(claim);
    expect(eraseCustomer(db, 'zeb', noon)).toBe('under_way');
    expect(store.findCustomer('zeb')).toMatchObject({ firstName: words.first });
  });

  it('is not undone by whatever is saved about them later', () => {
    const { db, store } = setUp();
    eraseCustomer(db, 'zeb', noon);
    const customer = {
      id: 'zeb',
      platformNumber: '7391',
      firstName: words.first,
      lastName: null,
      email: null,
      phone: null,
    };
    store.saveCustomer(customer, noon);
    expect(store.findCustomer('zeb')).toMatchObject({ firstName: null, platformNumber: null });
    expect(eraseCustomer(db, 'nobody', noon)).toBe('unknown');
  });
});

describe('exporting a customer', () => {
  it('holds everything about them and nothing about others', () => {
    const { db, deliver, receive } = setUp();
    deliver('created:sub-z', 'zeb', 'accepted');
    deliver('created:sub-n', 'neighbour', 'accepted');
    receive('im_1', 'zeb', words.phone);
    const held = exportCustomer(db, 'zeb');
    expect(held).toMatchObject({
      customer: { first_name: words.first, email: words.email },
      subscriptions: [{ id: 'sub-z' }],
      deliveries: [{ key: 'created:sub-z' }],
      attempts: [{ request: JSON.stringify({ phone_number: words.phone }) }],
      replies: [{ body: words.body }],
    });
    expect(JSON.stringify(held)).not.toContain('neighbour');
  });
});

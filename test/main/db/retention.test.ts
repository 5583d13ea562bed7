import { expect, it } from 'vitest';
import { openDatabase } from '../../../main/db/open-database.ts';
import { eraseOldContents } from '../../../main/db/retention.ts';
import { createStore } from '../../../main/engine/store.ts';

const DAY_MS = 86_400_000;
const now = Date.UTC(2027, 5, 1);

function setUp() {
  const db = openDatabase({ path: ':memory:' });
  const store = createStore(db);
  const receive = (id: string, receivedAt: number): void => {
    const reply = {
      id,
      subscriberId: null,
      shopifyCustomerId: null,
      fromNumber: '+12125550100',
      body: 'a text',
      isOptOut: false,
    };
    store.insertReply({ ...reply, receivedAt }, '+12125550100', now);
  };
  const decide = (id: string, needsPerson: boolean): void =>
    store.decideReply(id, null, {
      reason: 'not_understood',
      customerId: null,
      subscriptionId: null,
      orderDate: null,
      needsPerson,
    });
  const bodies = (): unknown[] => db.prepare('SELECT id, body FROM replies ORDER BY sequence').all();
  return { db, receive, decide, bodies };
}

it('erases the text of an old reply and keeps its row', () => {
  const { db, receive, decide, bodies } = setUp();
  receive('old', now - 91 * DAY_MS);
  receive('new', now - 89 * DAY_MS);
  decide('old', false);
  decide('new', false);
  expect(eraseOldContents(db, now - 90 * DAY_MS)).toBe(1);
  expect(bodies()).toEqual([
    { id: 'old', body: '' },
    { id: 'new', body: 'a text' },
  ]);
  expect(eraseOldContents(db, now - 90 * DAY_MS)).toBe(0);
});

it('keeps a text that a person has still to read, however old', () => {
  const { db, receive, decide, bodies } = setUp();
  receive('waiting', now - 400 * DAY_MS);
  receive('undecided', now - 400 * DAY_MS);
  decide('waiting', true);
  expect(eraseOldContents(db, now)).toBe(0);
  expect(bodies()).toMatchObject([{ body: 'a text' }, { body: 'a text' }]);
});

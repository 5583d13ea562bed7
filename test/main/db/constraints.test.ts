import { describe, expect, it } from 'vitest';
import { decisionReasonNames } from '../../../shared/domain/decisions.ts';
import { attemptOutcomes, deliveryStates } from '../../../shared/domain/deliveries.ts';
import { subscriptionStatuses, billStatuses } from '../../../shared/domain/platform.ts';
import { triggerNames } from '../../../shared/domain/triggers.ts';
import { skipStates } from '../../../shared/domain/skips.ts';
import { addSubscription, makeDraft, noon, openTestStore } from '../../helpers/core-shop.ts';

/** The rules that hold even if the code forgets them: the database itself forbids a second text and a second skip. */
function setUp() {
  const { db, store } = openTestStore();
  addSubscription({ store });
  const columns = `key, trigger, state, reason, is_test, is_urgent, properties, occurred_at, due_at, deadline_at, created_at`;
  return {
    db,
    store,
    insertDelivery: (change: Record<string, unknown> = {}) => {
      const row = { key: 'k', trigger: 'upcoming_order', state: 'planned', reason: 'queued', is_test: 0, ...change };
      return db
        .prepare(
          `INSERT INTO deliveries (${columns}) VALUES (:key, :trigger, :state, :reason, :is_test, 0, '{}', 1, 1, 1, 1)`,
        )
        .run(row);
    },
    insertSkip: (state: string, orderDate = '2027-03-04') =>
      db
        .prepare(
          `INSERT INTO skips (subscription_id, customer_id, order_date, origin, reply_id, state, next_at, created_at)
           VALUES ('subscription-1', 'customer-1', ?, 'reply', 'im_1', ?, 1, 1)`,
        )
        .run(orderDate, state),
  };
}

describe('the database', () => {
  it('has only strict tables', () => {
    const { db } = setUp();
    const loose = db
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0")
      .pluck()
      .all();
    // SQLite's own, and the parts of the search index.
    expect(loose.filter((name) => !/^(sqlite_|customer_search)/.test(String(name)))).toEqual([]);
  });

  it('forbids a second delivery for one key', () => {
    const { insertDelivery } = setUp();
    insertDelivery();
    expect(() => insertDelivery()).toThrow('UNIQUE constraint failed: deliveries.key');
    expect(() => insertDelivery({ is_test: 1 })).toThrow('UNIQUE constraint failed: deliveries.key');
  });

  it('forbids a second attempt of one number', () => {
    const { db, insertDelivery } = setUp();
    insertDelivery();
    const insert = db.prepare(
      "INSERT INTO attempts (delivery_id, number, origin, outcome, started_at) VALUES (?, 1, 'scheduled', 'in_flight', 1)",
    );
    insert.run(1);
    expect(() => insert.run(1)).toThrow('UNIQUE constraint failed');
    expect(() => insert.run(99)).toThrow('FOREIGN KEY constraint failed');
  });

  it('forbids a second line for one fact, and allows many without one', () => {
    const { db } = setUp();
    const insert = db.prepare("INSERT INTO decisions (at, fact, reason) VALUES (1, ?, 'queued')");
    insert.run('one');
    insert.run(null);
    insert.run(null);
    expect(() => insert.run('one')).toThrow('UNIQUE constraint failed: decisions.fact');
  });

  const live = ['planned', 'sent', 'verified', 'unclear', 'undo_planned', 'undo_sent'];
  it.each(live)('forbids a second skip of an order while one is %s', (state) => {
    const { insertSkip } = setUp();
    insertSkip(state);
    for (const other of live) expect(() => insertSkip(other)).toThrow('UNIQUE constraint failed');
    insertSkip('planned', '2027-04-03');
  });

  it.each(['dropped', 'refused', 'found', 'undone', 'undo_unclear'])(
    'allows another skip of an order after one was %s',
    (state) => {
      const { insertSkip } = setUp();
      insertSkip(state);
      expect(insertSkip('planned').changes).toBe(1);
    },
  );

  it('forbids one reply to be stored twice', () => {
    const { db } = setUp();
    const insert = db.prepare(
      "INSERT INTO replies (id, received_at, from_number, body, is_opt_out) VALUES ('im_1', 1, '+1', 'SKIP', 0)",
    );
    insert.run();
    expect(() => insert.run()).toThrow('UNIQUE constraint failed: replies.id');
  });

  it('knows the same words as the code', () => {
    const { db } = setUp();
    const wordsOf = (table: string, column: string): string[] => {
      const sql = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table) ?? '';
      const [, list = ''] = new RegExp(`CHECK \\(${column} IN \\(([^)]*)\\)`).exec(sql) ?? [];
      return list.split(',').map((word) => word.trim().replaceAll("'", ''));
    };
    expect(wordsOf('deliveries', 'state')).toEqual([...deliveryStates]);
    expect(wordsOf('deliveries', 'trigger')).toEqual([...triggerNames]);
    expect(wordsOf('attempts', 'outcome')).toEqual([...attemptOutcomes]);
    expect(wordsOf('skips', 'state')).toEqual([...skipStates]);
    expect(wordsOf('subscriptions', 'status')).toEqual([...subscriptionStatuses]);
    expect(wordsOf('bills', 'status')).toEqual([...billStatuses]);
  });

  it.each([
    ['a state that does not exist', { state: 'sent' }],
    ['a trigger that does not exist', { trigger: 'order_shipped' }],
    ['a date where a number belongs', { is_test: '2027-03-04' }],
  ])('takes no delivery with %s', (_, change) => {
    expect(() => setUp().insertDelivery(change)).toThrow(/CHECK constraint failed|cannot store/);
  });

  it('finishes only a delivery that is being sent, and claims only one that is open', () => {
    const { store } = setUp();
    const id = store.insertDelivery({ ...makeDraft(), phone: null, email: null }, noon) ?? 0;
    const rest = { now: noon, dueAt: null, httpStatus: null, message: null, response: null };
    const finish = {
      id,
      attemptNumber: 1,
      state: 'accepted',
      reason: 'accepted',
      outcome: 'accepted',
      ...rest,
    } as const;
    expect(() => store.finishDelivery(finish)).toThrow('Expected delivery 1 to be sending');
    const claim = { id, now: noon, phone: null, email: null, origin: 'scheduled', request: '{}' } as const;
    expect([store.claimDelivery(claim), store.claimDelivery(claim)]).toEqual([1, undefined]);
    store.finishDelivery(finish);
    expect(store.claimDelivery(claim)).toBeUndefined();
    expect(store.reopenDelivery(id, noon)).toBe(false);
  });

  it('keeps every reason within the closed list', () => {
    const { db, store } = setUp();
    for (const reason of decisionReasonNames) store.decide({ reason, fact: null }, noon);
    expect(db.prepare('SELECT count(DISTINCT reason) FROM decisions').pluck().get()).toBe(decisionReasonNames.length);
  });
});

import { expect, it } from 'vitest';
import { allowVolume } from '../../../main/core/storm-guard.ts';
import type { IncomingReply } from '../../../shared/domain/replies.ts';
import { readToken, serveInbox } from '../../helpers/inbox-server.ts';
import { day, hour, minute, noon, openShopAtWork } from './shop-at-work.ts';

/** Each day of the week in which the console could not reach the inbox. */
const DAYS = 7;

type Noticed = Readonly<{ id: string; phone: string; orderDate: string; orderAt: number; subscription: string }>;

/** A shop whose notices are out, and an inbox of its own that nobody has read for a week. */
async function openAfterAWeek(replies: number) {
  const inbox = await serveInbox();
  const work = await openShopAtWork({
    practice: { customers: 300 },
    settings: { leadDays: 7 },
    inbox: { url: inbox.url, token: readToken },
  });
  allowVolume(work.store(), 500, noon);
  await work.shop().runAll();
  work.store().setMark('baseline_at', String(noon - 30 * day));
  const noticed = work.db
    .prepare<[], Noticed>(
      `SELECT deliveries.customer_id AS id, customers.phone, order_date AS orderDate, order_at AS orderAt,
         subscription_id AS subscription
       FROM deliveries JOIN customers ON customers.id = customer_id
       WHERE trigger = 'upcoming_order' AND state = 'accepted' AND customers.phone IS NOT NULL
         AND customer_id IN (SELECT customer_id FROM subscriptions GROUP BY customer_id HAVING count(*) = 1)
       GROUP BY customers.phone ORDER BY deliveries.id`,
    )
    .all();
  const text = (id: string, fromNumber: string, body: string, receivedAt: number): IncomingReply => ({
    id,
    subscriberId: null,
    shopifyCustomerId: null,
    fromNumber,
    body,
    isOptOut: false,
    receivedAt,
  });
  const others = work.texts(
    `SELECT phone FROM customers WHERE phone IS NOT NULL AND id NOT IN
       (SELECT customer_id FROM deliveries WHERE customer_id IS NOT NULL) ORDER BY id`,
  );
  inbox.store.save(
    Array.from({ length: replies }, (_, index) => {
      const receivedAt = noon - DAYS * day + Math.floor((index / replies) * (DAYS - 2) * day);
      const body = index % 2 === 0 ? 'SKIP' : 'When does it come?';
      return text(`old-${index}`, others[index % others.length] ?? '', body, receivedAt);
    }),
  );
  return { ...work, own: inbox.store, noticed, text };
}

it('an inbox that is back after a week: all is read, each is decided once, and what is old waits for a person', async () => {
  const replies = 2000;
  const work = await openAfterAWeek(replies);
  const { shop, own, noticed, text, pass, count, texts, smartrr } = work;
  const [late, ...inTime] = noticed.toSorted((a, b) => a.orderDate.localeCompare(b.orderDate));
  if (late === undefined) throw new Error('Expected somebody to have a notice');
  own.save(inTime.map(({ id, phone }) => text(`new-${id}`, phone, 'Skip', noon)));
  let asked = 0;
  smartrr.twist(({ method, path }) => {
    if (method !== 'PUT' || !path.endsWith('/skip')) return undefined;
    asked += 1;
    // While the others are being skipped, somebody texts whose order is charged sooner than theirs.
    if (asked === 1) own.save([text(`new-${late.id}`, late.phone, 'Skip', noon)]);
    return undefined;
  });
  const mostAtOnce = watchTurns(() => count('SELECT count(*) FROM replies WHERE reason IS NULL'));
  await shop().replies();
  // Whatever else the engine has to do got its turn meanwhile.
  expect(mostAtOnce()).toBe(20);

  expect(count('SELECT count(*) FROM replies')).toBe(replies + noticed.length);
  expect(count('SELECT count(*) FROM replies WHERE reason IS NULL')).toBe(0);
  expect(texts("SELECT DISTINCT reason FROM replies WHERE id LIKE 'old-%' AND body = 'SKIP'")).toEqual([
    'reply_too_old',
  ]);
  expect(count("SELECT count(*) FROM replies WHERE reason = 'reply_too_old' AND needs_person = 1")).toBe(replies / 2);
  expect(count("SELECT count(*) FROM decisions WHERE reason = 'reply_too_old'")).toBe(replies / 2);

  // From the other side: exactly those who answered a notice, each once.
  const skipped = (await work.ourSkips()).map(({ subscriptionId, orderDate }) => `${orderDate} ${subscriptionId}`);
  const wanted = noticed.map(({ orderDate, subscription }) => `${orderDate} ${subscription}`);
  expect([asked, skipped.toSorted()]).toEqual([noticed.length, wanted.toSorted()]);
  expect(noticed.length).toBeGreaterThan(40);
  // The soonest order first; who came meanwhile waited for one round of twenty.
  const others = skipped.filter((one) => !one.endsWith(late.subscription)).map((one) => one.slice(0, 10));
  expect(others).toEqual(others.toSorted());
  expect(skipped.findIndex((one) => one.endsWith(late.subscription))).toBe(20);

  await pass(hour + minute);
  expect(await work.ourSkips()).toHaveLength(noticed.length);
});

/** The most replies that were decided between two turns of the event loop, from here to the answer. */
function watchTurns(countUndecided: () => number): () => number {
  let most = 0;
  let before = 0;
  let isOver = false;
  const next = (): void => {
    const undecided = countUndecided();
    most = Math.max(most, before - undecided);
    before = undecided;
    if (!isOver) setImmediate(next);
  };
  setImmediate(next);
  return () => {
    isOver = true;
    return most;
  };
}

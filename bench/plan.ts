import { join } from 'node:path';
import { planNotices } from '../main/core/plan-notices.ts';
import { isNoticeOf } from '../main/db/notices.ts';
import type { WriteDb } from '../main/db/types.ts';
import { createStore } from '../main/engine/store.ts';
import { createRandom } from '../main/practice/random.ts';
import { dateIn } from '../shared/domain/calendar.ts';
import { under, atMost, shown, type BenchOrder, type BenchReport, type BenchRow } from './row.ts';
import { createLargeShop, type LargeShop } from './shop/large-shop.ts';
import { describeSpread, median, percentile, timeOf, type Took } from './statistics.ts';

const billing = { time: '09:30', timeZone: 'America/New_York' };
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** One a minute; a small shop is only looked at to see that it can be. */
const ticksOfADay = 1440;
/** How many orders become due between two ticks: 0 to this, as chance has it. */
const mostDue = 20;

async function measurePlanner({ rows, folder, shop, say }: BenchOrder): Promise<BenchReport> {
  await shop.fill();
  const sizes = [Math.max(50, Math.round(rows / 100)), Math.max(100, Math.round(rows / 10))];
  const small = sizes.map((size) => createLargeShop(size, join(folder, String(size)), say));
  for (const each of small) await each.fill();
  const shops: readonly LargeShop[] = [...small, shop];

  const ticks = openTicks(shops);
  const perShop = shops.map(({ pages }) => ({
    subscriptions: pages.subscriptions,
    took: [] as Took[],
  }));
  const random = createRandom(1, 'plan');
  const wanted = Math.min(ticksOfADay, Math.ceil(rows / 50));
  const rounds = wanted < ticksOfADay ? 3 : 15;
  for (let tick = 0; tick < wanted; tick += 1) {
    const due = random.between(0, mostDue);
    // In another order each time, so that what disturbs the machine disturbs each of them.
    for (let step = 0; step < shops.length; step += 1) {
      const at = (step + tick) % shops.length;
      perShop[at]?.took.push(ticks.run(at, due, tick));
    }
  }
  const counts = [0, 1, 10, 100].map((due) => ({
    due,
    ms: median(Array.from({ length: rounds }, (_, round) => ticks.run(shops.length - 1, due, ticksOfADay + round).ms)),
  }));
  ticks.close();

  const medians = perShop.map(({ took }) => median(took.map(({ ms }) => ms)));
  const largest = perShop.at(-1)?.took ?? [];
  const largestMs = largest.map(({ ms }) => ms);
  return {
    measured: [
      under(10, { name: 'planner tick, p99', figure: percentile(largestMs, 0.99), unit: 'ms' }),
      shown({ name: 'planner tick, longest', figure: percentile(largestMs, 1), unit: 'ms' }),
      atMost(2, {
        name: 'a tick to one in a hundredth of the shop, the same number due',
        figure: (medians.at(-1) ?? 0) / (medians[0] ?? 1),
        unit: 'x',
      }),
    ],
    notes: [
      `${wanted} ticks a minute apart, 0 to ${mostDue} orders due at each, in three shops by turns: ` +
        perShop
          .map(
            ({ subscriptions, took }) =>
              `${subscriptions.toLocaleString('en')} subscriptions ${describeSpread(took.map(({ ms }) => ms))} ms`,
          )
          .join('; ') +
        '.',
      `By what is due, in the largest: ${counts.map(({ due, ms }) => `${due} due ${ms.toFixed(2)} ms`).join(', ')}.`,
      'A tick plans and writes down, in one transaction, every notice whose day has come. That no query reads a big table whole is a test of its own (`test/main/db/query-plans.test.ts`).',
    ],
    skipped: null,
  };
}

/** Ticks of the product's planner, with exactly as many orders due as are asked for. */
function openTicks(shops: readonly LargeShop[]) {
  const opened = shops.map(({ pages, open }) => {
    const db = open();
    const store = createStore(db);
    // What is due before the first tick is a day's work at once; it is taken for done.
    db.prepare(
      `UPDATE subscriptions SET notice_order_date = next_order_date
       WHERE status = 'ACTIVE' AND next_order_date IS NOT NULL AND notice_order_date IS NOT next_order_date`,
    ).run();
    const orderAt = pages.startAt + 2.5 * dayMs;
    return { db, store, startAt: pages.startAt, makeDue: openDue(db, orderAt, dateIn(pages.timeZone, orderAt)) };
  });
  return {
    run: (at: number, due: number, tick: number): Took => {
      const shop = opened[at];
      if (shop === undefined) throw new Error(`Expected a shop ${at}`);
      shop.db.transaction(() => {
        for (let count = 0; count < due; count += 1) shop.makeDue();
      })();
      const now = shop.startAt + (tick % 240) * minuteMs;
      let queued = 0;
      const took = timeOf(() => (queued = planNotices(shop.store, billing, now)));
      if (queued !== due) throw new Error(`Expected ${due} notices, not ${queued}`);
      return took;
    },
    close: () => opened.forEach(({ db }) => db.close()),
  };
}

/** Makes one more active subscription due, from all over the table; one whose turn comes again has had no notice yet. */
function openDue(db: WriteDb, orderAt: number, orderDate: string): () => void {
  const ids = db
    .prepare<[], string>(`SELECT id FROM subscriptions WHERE status = 'ACTIVE' ORDER BY platform_number LIMIT 40000`)
    .pluck()
    .all();
  const findNotice = db
    .prepare<{ id: string; orderDate: string }, number>(
      `SELECT id FROM deliveries WHERE ${isNoticeOf(':id', ':orderDate')}`,
    )
    .pluck();
  const forget = db.transaction((notice: number) => {
    db.prepare('DELETE FROM decisions WHERE delivery_id = ?').run(notice);
    db.prepare('DELETE FROM attempts WHERE delivery_id = ?').run(notice);
    db.prepare('DELETE FROM deliveries WHERE id = ?').run(notice);
  });
  const due = db.prepare(
    'UPDATE subscriptions SET next_order_date = ?, next_order_at = ?, notice_order_date = NULL WHERE id = ?',
  );
  let next = 0;
  return () => {
    const id = ids[next++ % ids.length] ?? '';
    for (const notice of findNotice.all({ id, orderDate })) forget(notice);
    due.run(orderDate, orderAt, id);
  };
}

export const planRow: BenchRow = { name: 'plan', title: "The planner's tick", run: measurePlanner };

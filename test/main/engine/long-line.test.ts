import { expect, it } from 'vitest';
import { planNotices } from '../../../main/core/plan-notices.ts';
import { billingClock } from '../../../main/core/sync-platform.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { minute, noon, openShopAtWork } from '../failures/shop-at-work.ts';

it('a long line of notices is checked by a sync, not by a request to the platform for each', async () => {
  const { db, shop, store, pass, setClock, smartrr, events } = await openShopAtWork({
    settings: { sendingOn: false, leadDays: 30 },
    practice: { customers: 120 },
  });
  await pass(0);
  saveSettings(db, { sendingOn: true });
  store().forgetSettings();
  store().setMark('storm_allowance', JSON.stringify({ perHour: 1000, until: noon + 60 * minute }));
  // The last sync is too old to vouch for an order, and the next one is not due by the clock.
  const now = noon + 2 * minute;
  setClock(now);
  const queued = planNotices(store(), billingClock(store()), now);
  smartrr.asked.length = 0;

  await shop().knock();

  const single = smartrr.asked.filter(({ path }) => /purchase-state\/\d+$/.test(path));
  expect((await events()).length).toBe(queued);
  expect(queued).toBeGreaterThan(80);
  expect(single.length).toBeLessThan(queued / 4);
});

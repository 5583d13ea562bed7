import { expect } from 'vitest';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import type { startTestEngine } from '../../helpers/engine.ts';

type Asking = Pick<Awaited<ReturnType<typeof startTestEngine>>, 'ask' | 'call'>;

/** The log's own channels, after a day of practice. */
export async function askDeliveryLog({ ask, call }: Asking): Promise<void> {
  const filter = { ...everyDelivery, state: 'accepted', trigger: 'upcoming_order' } as const;
  const { rows } = await ask('deliveries.list', { cursor: null, filter });
  const [newest] = rows;
  if (newest === undefined) throw new Error('Expected a delivery');
  const newestAfter = { createdAt: newest.createdAt - 1, id: 1 };
  const followed = await ask('deliveries.follow', { filter, newest: newestAfter, ids: [newest.id] });
  expect(followed.newer).toBeGreaterThan(0);
  expect(followed.rows).toEqual([newest]);

  const { unit, bars } = await ask('deliveries.volume', { from: null, to: null });
  expect({ unit, bars: bars.length }).toEqual({ unit: 'day', bars: 30 });
  const page = await ask('deliveries.exportPage', { filter, cursor: null, withPhones: false });
  expect(page.text).toContain(newest.key);

  expect(await ask('deliveries.planBulkResend', { filter })).toEqual({ failed: 0, unknown: 0 });
  const start = { filter: everyDelivery, includeUnknown: true, expected: 1 };
  expect(await call('deliveries.startBulkResend', start)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(await call('deliveries.cancelBulkResend', { id: 7 })).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
  expect(await ask('deliveries.bulkResend', {})).toBeNull();
}

import { expect } from 'vitest';
import type { Input } from '../../../shared/ipc/contract.ts';
import type { startTestEngine } from '../../helpers/engine.ts';

type Ask = Awaited<ReturnType<typeof startTestEngine>>['ask'];

const everybody = { outcomes: ['goes', 'will_not', 'noticed'], text: '', noticeDate: null, tried: null } satisfies Omit<
  Input<'upcoming.list'>,
  'cursor'
>;

/** The channels of Overview and Upcoming, in a practice shop that has run for a day. */
export async function askUpcoming(ask: Ask): Promise<void> {
  const { rows, nextCursor } = await ask('upcoming.list', { ...everybody, cursor: null });
  expect(rows).toHaveLength(50);
  const second = await ask('upcoming.list', { ...everybody, cursor: nextCursor });
  expect(second.rows.length).toBeGreaterThan(0);
  const dates = [...rows, ...second.rows].map(({ orderDate }) => orderDate);
  expect(dates).toEqual(dates.toSorted());
  expect(new Set([...rows, ...second.rows].map(({ subscriptionId }) => subscriptionId)).size).toBe(dates.length);
  for (const { phone } of rows) expect(phone ?? '•').toMatch(/•/);
  const first = rows.find(({ customerName }) => customerName !== '');
  const found = await ask('upcoming.list', { ...everybody, cursor: null, text: first?.customerName ?? '' });
  expect(found.rows.map(({ subscriptionId }) => subscriptionId)).toContain(first?.subscriptionId);
  const broken = await ask('upcoming.list', { ...everybody, cursor: 'DROP TABLE' });
  expect(broken.rows[0]?.subscriptionId).toBe(rows[0]?.subscriptionId);

  const tried = { leadDays: 5, window: { opens: '09:00', closes: '20:00' }, minimumNoticeHours: 12 };
  const { days, difference, totals } = await ask('upcoming.days', { tried });
  expect(days).toHaveLength(30);
  expect(totals.goes).toBeGreaterThan(0);
  expect(difference?.moved).toBeGreaterThan(0);
  expect((await ask('upcoming.days', { tried: null })).difference).toBeNull();
  expect((await ask('overview.missed', { cursor: null })).nextCursor).toBeNull();
}

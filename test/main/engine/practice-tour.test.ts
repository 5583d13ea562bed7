import { expect, it } from 'vitest';
import { startTestEngine } from '../../helpers/engine.ts';

/** A practice shop small enough to play quickly. */
async function setUp() {
  const { ask } = await startTestEngine();
  await ask('practice.start', { customers: 30, seed: 1 });
  const look = () => ask('practice.get', { search: '' });
  return { ask, look };
}

it('leads from the first notice to the confirmation by what really happened', async () => {
  const { ask, look } = await setUp();
  const first = await look();
  expect(first.tour).toMatchObject({ noticed: null, answered: null, decision: null });
  expect(first.lastMove).toBeNull();
  expect(first.next?.what).toBe('triggers');

  // On until the notices are on the phones.
  await ask('practice.advance', { by: 'next_event' });
  const sent = await look();
  expect(sent.now).toBe((first.next?.at ?? 0) + 2 * 60_000);
  expect(sent.lastMove).toMatchObject({ from: first.now, now: sent.now, othersAccepted: 0 });
  expect(sent.lastMove?.noticesAccepted).toBeGreaterThan(0);
  const { tour } = sent;
  if (tour.noticed === null) throw new Error('Expected a phone with a notice');
  const { customerId, customerName } = tour.noticed;

  // Anything but SKIP leaves the tour where it is.
  await ask('practice.reply', { customerId, body: 'Thanks!' });
  expect((await look()).tour.answered).toBeNull();

  const askedAt = (await look()).now;
  await ask('practice.reply', { customerId, body: 'Skip please' });
  const after = await look();
  expect(after.lastMove).toMatchObject({ skipped: 1, othersAccepted: 1 });
  expect(after.tour).toMatchObject({
    answered: { customerId, customerName, at: askedAt },
    decision: { reason: 'skipped' },
    platformEvent: { customerName },
  });
  // From the other side: the platform moved the order, and the phone shows the confirmation.
  const phone = after.phones.find((one) => one.customerId === customerId);
  expect(phone?.messages.at(-1)).toMatchObject({ direction: 'to_customer', body: after.tour.confirmation?.body });
  expect(after.tour.confirmation?.body).toMatch(/Confirmed/);
  expect(after.platformEvents.some(({ text, customerName: who }) => /skip/i.test(text) && who === customerName)).toBe(
    true,
  );
});

it('says of an answer that led to nothing what was decided, and waits for no confirmation', async () => {
  const { ask, look } = await setUp();
  await ask('practice.setTrouble', { trouble: 'smartrr_down' });
  await ask('practice.advance', { by: 'next_event' });
  const { phones } = await look();
  const silent = phones.find(({ messages }) => messages.length === 0);
  if (silent === undefined) throw new Error('Expected a phone without texts');
  await ask('practice.reply', { customerId: silent.customerId, body: 'SKIP' });
  const { tour } = await look();
  expect(tour.answered?.customerId).toBe(silent.customerId);
  expect(tour.decision).not.toBeNull();
  expect(tour).toMatchObject({ platformEvent: null, confirmation: null });
});

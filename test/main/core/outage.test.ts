import { describe, expect, it } from 'vitest';
import { readHold } from '../../../main/core/hold.ts';
import { minute, noon, reasonsOf } from '../../helpers/core-shop.ts';
import { accept, openOutbox } from '../../helpers/outbox.ts';
import type { Answerer } from '../api/loopback-server.ts';

/** Answers 500 while `isDown`, like a Postscript in trouble. */
async function setUp() {
  const state = { isDown: true };
  const answer: Answerer = (seen, response, count) => {
    if (state.isDown) response.writeHead(500, { 'content-type': 'text/html' }).end('<html>down</html>');
    else accept(seen, response, count);
  };
  const outbox = await openOutbox(answer);
  for (let index = 1; index <= 20; index += 1) outbox.queue({ key: `created:subscription-${index}` });
  return { ...outbox, state };
}

describe('an outage of Postscript', () => {
  it('costs three requests, not everything that is due', async () => {
    const { deliver, rows, sentIds, store } = await setUp();
    await deliver();
    await deliver(noon + 30_000);
    expect(sentIds()).toHaveLength(3);
    expect(rows().filter(({ state }) => state === 'unknown')).toHaveLength(3);
    expect(rows().filter(({ state }) => state === 'planned')).toHaveLength(17);
    expect(readHold(store, noon + 30_000)).toMatchObject({ kind: 'outage', until: noon + minute });
  });

  it('is looked at with one delivery after each pause, and the pauses grow', async () => {
    const { deliver, sentIds, store } = await setUp();
    await deliver();
    await deliver(noon + minute);
    expect(sentIds()).toHaveLength(4);
    await deliver(noon + 2 * minute);
    expect(sentIds()).toHaveLength(4);
    await deliver(noon + 3 * minute);
    expect(sentIds()).toHaveLength(5);
    expect(readHold(store, noon + 3 * minute)).toMatchObject({ kind: 'outage', until: noon + 7 * minute });
  });

  it('is over with the first clear answer, and the line goes out once each', async () => {
    const { deliver, rows, sentIds, state, store } = await setUp();
    await deliver();
    state.isDown = false;
    await deliver(noon + minute);
    expect(readHold(store, noon + minute)).toBeUndefined();
    expect(new Set(sentIds()).size).toBe(20);
    expect(sentIds()).toHaveLength(20);
    expect(rows().filter(({ state: is }) => is === 'accepted')).toHaveLength(17);
  });

  it.each([
    [0, 3],
    [1, 2],
    [2, 1],
  ])('after %i requests without a clear answer puts %i at risk at once', async (streak, most) => {
    let sending: number | undefined;
    const outbox = await openOutbox((seen, response, count) => {
      sending ??= outbox.rows().filter(({ state }) => state === 'sending').length;
      accept(seen, response, count);
    });
    outbox.store.setMark('unknown_streak', String(streak));
    outbox.queueEach(['created:s-1', 'created:s-2', 'created:s-3', 'created:s-4']);
    await outbox.deliver();
    expect(sending).toBe(most);
  });

  it('does not pause the line for days when the clock was set back', async () => {
    const { deliver, store } = await setUp();
    await deliver();
    expect(readHold(store, noon - 86_400_000)).toBeUndefined();
  });
});

describe('a fact that was refused', () => {
  it('stays refused when sending is switched on later', async () => {
    const { db, queue, set, deliver, sentIds } = await openOutbox(accept, { settings: { sendingOn: false } });
    expect(queue()).toBe('refused');
    set({ sendingOn: true });
    expect(queue()).toBe('known');
    await deliver();
    expect(sentIds()).toEqual([]);
    expect(reasonsOf(db)).toEqual(['sending_off']);
  });
});

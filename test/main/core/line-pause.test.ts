import { describe, expect, it } from 'vitest';
import { endLinePause, isLinePaused, isLineTryingOut, pauseLine } from '../../../main/core/line-pause.ts';
import { allowVolume } from '../../../main/core/storm-guard.ts';
import { hour, minute, noon, openTestStore } from '../../helpers/core-shop.ts';
import { accept, openOutbox } from '../../helpers/outbox.ts';
import { sendJson } from '../api/loopback-server.ts';

const IN_LINE = 200;
/** As often as the knock. */
const STEP_MS = 10_000;

/** A full line, and a Postscript that answers 429 until `state.isLimiting` is set to false. */
async function openLimited(headers: Record<string, string>) {
  const state = { isLimiting: true };
  const outbox = await openOutbox((seen, response, count) => {
    if (state.isLimiting) sendJson(response, 429, { error: 'slow down' }, headers);
    else accept(seen, response, count);
  });
  allowVolume(outbox.store, 10 * IN_LINE, noon);
  outbox.queueEach(Array.from({ length: IN_LINE }, (_, index) => `created:subscription-${index}`));
  const play = async (from: number, until: number): Promise<void> => {
    for (let at = from; at <= until; at += STEP_MS) await outbox.deliver(at);
  };
  return { ...outbox, state, play };
}

describe('Postscript answers 429 for an hour', () => {
  it.each([
    ['says for how long', { 'Retry-After': '60' }, 25],
    ['does not say for how long', {}, 25],
    ['says "at once" every time', { 'Retry-After': '0' }, 25],
    ['says a day, which is wrong', { 'Retry-After': '86400' }, 4],
    ['says what nobody can read', { 'Retry-After': 'soon' }, 25],
  ])(
    'and %s: the whole line waits, one request tries it out, and nothing is lost',
    async (_, headers, mostAsked) => {
      const { state, play, sentIds, rows, queue } = await openLimited(headers);
      await play(noon, noon + hour / 2);
      // What a customer has just asked for.
      queue({ key: 'created:asked-for', isUrgent: true });
      // What loses its point within the hour.
      queue({ key: 'created:short', deadlineAt: noon + 50 * minute });
      await play(noon + hour / 2, noon + hour - STEP_MS);
      const asked = sentIds().length;
      expect(asked).toBeGreaterThan(2);
      expect(asked).toBeLessThanOrEqual(mostAsked);

      state.isLimiting = false;
      await play(noon + hour, noon + hour + 5 * minute);
      const accepted = sentIds().slice(asked);
      expect(accepted[0]).toBe('created:asked-for');
      expect(new Set(accepted).size).toBe(IN_LINE + 1);
      expect(accepted).toHaveLength(IN_LINE + 1);
      expect(rows().filter((row) => row.state !== 'accepted')).toMatchObject([
        { key: 'created:short', state: 'suppressed', reason: 'outdated' },
      ]);
    },
    60_000,
  );
});

describe('a pause of the line', () => {
  const random = (): number => 0.5;

  it('counts the 429s of one burst once, and keeps the longest wait that one of them named', () => {
    const { store } = openTestStore();
    expect(pauseLine(store, 90_000, random, noon)).toBe(noon + 90_000);
    expect(pauseLine(store, null, random, noon + 5)).toBe(noon + 90_000);
    expect(pauseLine(store, 30_000, random, noon + 90_000)).toBe(noon + 120_000);
  });

  it('is not ended by the answer to a request that was made before it', () => {
    const { store } = openTestStore();
    pauseLine(store, 90_000, random, noon);
    endLinePause(store, noon + 10);
    expect(isLinePaused(store, noon + 20)).toBe(true);
    endLinePause(store, noon + 90_000);
    expect(isLineTryingOut(store)).toBe(false);
  });

  it('does not last for days when the clock was set back', () => {
    const { store } = openTestStore();
    pauseLine(store, 90_000, random, noon);
    expect(isLinePaused(store, noon - 24 * hour)).toBe(false);
  });
});

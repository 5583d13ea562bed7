import { expect, it } from 'vitest';
import { createClockwork } from '../../../main/practice/clockwork.ts';
import { addMonths, dayOfMonth, toIsoDate, zoneOf } from '../../../main/practice/zone-time.ts';
import { createRandom, makeUuid } from '../../../main/practice/random.ts';

it('plays events in order of time, then of planning, also those planned on the way', async () => {
  const clock = createClockwork(0);
  const random = createRandom(3, 'order');
  const played: [number, number][] = [];
  for (let turn = 0; turn < 500; turn++) {
    const at = random.between(1, 50);
    clock.plan(at, () => {
      played.push([clock.now(), turn]);
      if (turn % 10 === 0) clock.plan(clock.now() + 5, () => void played.push([clock.now(), 1000 + turn]));
    });
  }
  expect(clock.nextAt()).toBe(1);
  await clock.advanceTo(100);
  expect(played).toHaveLength(550);
  expect(played.map(([at]) => at)).toEqual(played.map(([at]) => at).toSorted((one, other) => one - other));
  const planned = played.filter(([, turn]) => turn < 1000);
  const inOrder = planned.toSorted(([oneAt, one], [otherAt, other]) => oneAt - otherAt || one - other);
  expect(planned).toEqual(inOrder);
  expect(clock.now()).toBe(100);
  expect(clock.nextAt()).toBeNull();
});

it('never goes back, and knows what is worth seeing', async () => {
  const clock = createClockwork(100);
  clock.plan(50, () => undefined);
  clock.plan(
    200,
    () => undefined,
    () => 'text',
  );
  clock.plan(
    150,
    () => undefined,
    () => null,
  );
  expect([clock.nextAt(), clock.nextNotable()]).toEqual([100, { at: 200, what: 'text' }]);
  await clock.advanceTo(90);
  expect(clock.now()).toBe(100);
});

it('waits for an event that takes its time', async () => {
  const clock = createClockwork(0);
  const seen: string[] = [];
  clock.plan(1, async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    seen.push('first');
  });
  clock.plan(2, () => void seen.push('second'));
  await clock.advanceTo(5);
  expect(seen).toEqual(['first', 'second']);
});

it('reads local days and times over clock changes', () => {
  const zone = zoneOf('America/New_York');
  const spring = Date.UTC(2027, 2, 14) / 86_400_000;
  const autumn = Date.UTC(2027, 10, 7) / 86_400_000;
  const iso = (day: number, minute: number): string => new Date(zone.instantOf(day, minute)).toISOString();
  expect(iso(spring, 0)).toBe('2027-03-14T05:00:00.000Z');
  expect(iso(spring, 150)).toBe('2027-03-14T07:30:00.000Z');
  expect(iso(spring, 570)).toBe('2027-03-14T13:30:00.000Z');
  expect(iso(autumn, 90)).toBe('2027-11-07T05:30:00.000Z');
  expect(iso(autumn, 570)).toBe('2027-11-07T14:30:00.000Z');
  for (const name of [
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Auckland',
    'America/St_Johns',
  ]) {
    const other = zoneOf(name);
    for (let day = 20_800; day < 21_200; day++) {
      expect(other.dayOf(other.instantOf(day, 570))).toBe(day);
      expect(other.minuteOf(other.instantOf(day, 570))).toBe(570);
      expect(other.dayOf(other.instantOf(day, 0) - 1)).toBe(day - 1);
    }
  }
});

it('adds months from the wished day', () => {
  const start = Date.UTC(2027, 0, 31) / 86_400_000;
  const days = [1, 2, 3, 13].map((months) => toIsoDate(addMonths(start, months, 31)));
  expect(days).toEqual(['2027-02-28', '2027-03-31', '2027-04-30', '2028-02-29']);
  expect(dayOfMonth(start)).toBe(31);
});

it('draws the same numbers for the same concern, and others for another', () => {
  const draw = (...concern: string[]): number[] => {
    const random = createRandom(9, ...concern);
    return Array.from({ length: 5 }, () => random.between(1, 1000));
  };
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('a')).not.toEqual(draw('b'));
  const random = createRandom(1, 'mean');
  const mean = Array.from({ length: 10_000 }, () => random.next()).reduce((sum, each) => sum + each, 0) / 10_000;
  expect(mean).toBeGreaterThan(0.48);
  expect(mean).toBeLessThan(0.52);
  expect(makeUuid('x', 1, 42)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-00000000002a$/);
});

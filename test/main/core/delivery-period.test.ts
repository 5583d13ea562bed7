import { describe, expect, it } from 'vitest';
import { drawVolume, instantsOf } from '../../../main/core/delivery-period.ts';

const zone = 'America/New_York';
const hour = 3_600_000;
const noHours = () => [];

describe('a period of the log', () => {
  it('reaches from the first to the last date, both of them whole, on the shop’s clocks', () => {
    expect(instantsOf({ from: '2027-03-13', to: '2027-03-14' }, zone)).toEqual({
      from: Date.UTC(2027, 2, 13, 5),
      // The day on which the clocks go forward ends an hour earlier.
      until: Date.UTC(2027, 2, 15, 4),
    });
    expect(instantsOf({ from: null, to: null }, zone)).toEqual({ from: 0, until: Number.MAX_SAFE_INTEGER });
  });

  it('can be one hour, which is two where the clocks show it twice', () => {
    const one = instantsOf({ from: '2027-03-13T23:00', to: '2027-03-13T23:00' }, zone);
    expect(one).toEqual({ from: Date.UTC(2027, 2, 14, 4), until: Date.UTC(2027, 2, 14, 5) });
    const twice = instantsOf({ from: '2027-11-07T01:00', to: '2027-11-07T01:00' }, zone);
    expect(twice.until - twice.from).toBe(2 * hour);
  });
});

describe('the strip over the log', () => {
  it('shows the last thirty days by day, each from midnight to midnight in the shop', () => {
    const now = Date.UTC(2027, 2, 15, 16);
    const { unit, bars } = drawVolume({ from: null, to: null }, zone, now, (from, until) => {
      expect({ from, until }).toEqual({ from: Date.UTC(2027, 1, 14, 5), until: Date.UTC(2027, 2, 16, 4) });
      return [
        { startsAt: Date.UTC(2027, 2, 14, 4), count: 1 },
        { startsAt: Date.UTC(2027, 2, 14, 5), count: 2 },
        { startsAt: Date.UTC(2027, 2, 15, 3), count: 4 },
        { startsAt: Date.UTC(2027, 2, 15, 4), count: 8 },
      ];
    });
    expect({ unit, bars: bars.length }).toEqual({ unit: 'day', bars: 30 });
    expect(bars.slice(-3).map(({ period, count }) => [period, count])).toEqual([
      ['2027-03-13', 1],
      ['2027-03-14', 6],
      ['2027-03-15', 8],
    ]);
  });

  it('shows one day by hour, without the one that the clocks leave out', () => {
    const { unit, bars } = drawVolume({ from: '2027-03-14', to: '2027-03-14' }, zone, 0, () => [
      { startsAt: Date.UTC(2027, 2, 14, 7), count: 5 },
    ]);
    expect({ unit, bars: bars.length }).toEqual({ unit: 'hour', bars: 23 });
    expect(bars.filter(({ count }) => count > 0).map(({ period }) => period)).toEqual(['2027-03-14T03:00']);
  });

  it('is empty when the period ends before it begins, and never longer than fits', () => {
    expect(drawVolume({ from: '2027-03-15', to: '2027-03-14' }, zone, 0, noHours).bars).toEqual([]);
    expect(drawVolume({ from: '2020-01-01', to: '2027-03-14' }, zone, 0, noHours).bars).toHaveLength(92);
  });
});

import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateIn,
  formatDate,
  formatDuration,
  formatInstant,
  formatLocalTime,
  formatPhone,
} from '../../renderer/lib/format.ts';
import { formatCount } from '../../shared/domain/counts.ts';

/** 1:30 AM happens twice in New York on this day. */
const firstHalfPastOne = Date.UTC(2027, 10, 7, 5, 30);
const hour = 3_600_000;
/** The locale data puts a narrow no-break space before AM and PM. */
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('how instants and dates look', () => {
  it('shows which of two equal clock times it is when the clocks go back', () => {
    expect(
      [firstHalfPastOne, firstHalfPastOne + hour].map((at) => plain(formatInstant(at, 'America/New_York', 'clock'))),
    ).toEqual(['1:30 AM EDT', '1:30 AM EST']);
  });

  it('shows an instant in the shop’s zone, as exactly as asked', () => {
    const at = Date.UTC(2026, 10, 22, 12, 53, 4);
    expect({
      minute: plain(formatInstant(at, 'America/New_York')),
      second: plain(formatInstant(at, 'America/New_York', 'second')),
      elsewhere: plain(formatInstant(at, 'Asia/Kolkata', 'clock')),
    }).toEqual({
      minute: 'Nov 22, 7:53 AM EST',
      second: 'Nov 22, 2026, 7:53:04 AM EST',
      elsewhere: '6:23 PM GMT+5:30',
    });
  });

  it('never moves a calendar date to another day', () => {
    expect([formatDate('2027-03-14'), formatDate('2027-03-14', 'short'), formatDate('2027-03-14', 'weekday')]).toEqual([
      'Sun, Mar 14, 2027',
      'Mar 14',
      'Sun',
    ]);
  });

  it('shows a date that it cannot read as it came', () => {
    expect([formatDate('soon'), formatLocalTime('late')]).toEqual(['soon', 'late']);
  });

  it('counts days across a clock change and a leap day', () => {
    expect([addDays('2027-03-13', 2), addDays('2028-02-27', 3), addDays('2027-01-01', -1)]).toEqual([
      '2027-03-15',
      '2028-03-01',
      '2026-12-31',
    ]);
  });

  it('knows the local date of an instant on both sides of midnight', () => {
    const midnight = Date.UTC(2027, 2, 15, 4);
    expect([dateIn('America/New_York', midnight - 1), dateIn('America/New_York', midnight)]).toEqual([
      '2027-03-14',
      '2027-03-15',
    ]);
  });

  it('counts in words, with one as one', () => {
    expect([formatCount(0, 'notice'), formatCount(1, 'notice'), formatCount(2_400, 'reply', 'replies')]).toEqual([
      '0 notices',
      '1 notice',
      '2,400 replies',
    ]);
  });

  it('shows a duration in the unit that fits', () => {
    expect([formatDuration(240), formatDuration(15_000), formatDuration(125_000)]).toEqual([
      '240 ms',
      '15.0 s',
      '2 min 5 s',
    ]);
    expect(plain(formatLocalTime('21:00'))).toBe('9:00 PM');
  });

  it('groups a North American number and leaves every other alone', () => {
    expect(['+16025558964', '+442071838750', '+1 ••• ••• 4746'].map(formatPhone)).toEqual([
      '+1 (602) 555-8964',
      '+442071838750',
      '+1 ••• ••• 4746',
    ]);
  });
});

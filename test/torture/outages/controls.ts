import { awayUntil, playInboxWeek } from './inbox-week.ts';
import { playLimitedHour } from './limited-hour.ts';
import type { OutageOutcome } from './outage-shop.ts';

/** A wrong engine that must be found out, or the harness proves nothing. */
export type OutageControl = Readonly<{
  name: string;
  play: (seed: number) => Promise<OutageOutcome>;
  finds: RegExp;
}>;

/** They need no more than to be seen. */
const smallWeek = { replies: 60, stepMinutes: 12 * 60, isOver: (): boolean => false } as const;
const smallHour = {
  kind: 'rate_limited_bare',
  inLine: 30,
  stepMs: 120_000,
  isOver: (): boolean => false,
} as const;

const losesTexts = `CREATE TRIGGER loses_texts AFTER INSERT ON replies WHEN new.sequence % 7 = 0 BEGIN
  DELETE FROM replies WHERE id = new.id;
END`;

const takesOldForNew = `CREATE TRIGGER takes_old_for_new AFTER INSERT ON replies BEGIN
  UPDATE replies SET received_at = ${awayUntil} WHERE id = new.id;
END`;

/** Ten seconds and no more, however often it is told to wait. */
const neverWaitsLonger = ['INSERT', 'UPDATE']
  .map(
    (verb) => `CREATE TRIGGER never_waits_longer_${verb} AFTER ${verb} ON marks WHEN new.name = 'line_pause' BEGIN
    UPDATE marks SET value = substr(new.value, 1, 13) || ' ' || (substr(new.value, 1, 13) + 10000) || ' 1'
    WHERE name = 'line_pause';
  END;`,
  )
  .join('\n');

export const outageControls: readonly OutageControl[] = [
  {
    name: 'it loses texts',
    play: (seed) => playInboxWeek({ ...smallWeek, seed, sqlAtStart: losesTexts }),
    finds: /texts were written, and|^undecided: reply |asked in time to skip/,
  },
  {
    name: 'it takes old texts for new ones',
    play: (seed) => playInboxWeek({ ...smallWeek, seed, sqlAtStart: takesOldForNew }),
    finds: /too old to mean it/,
  },
  {
    name: 'it never waits longer',
    play: (seed) => playLimitedHour({ ...smallHour, seed, sqlAtStart: neverWaitsLonger }),
    finds: /it asked \d+ times within/,
  },
];

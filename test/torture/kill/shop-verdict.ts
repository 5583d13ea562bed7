import { defaultSettings } from '../../../shared/domain/settings.ts';
import { judge } from '../../../main/practice/judge.ts';
import type { Rules } from '../../../main/practice/judge-types.ts';
import type { PracticeLedger } from '../../../main/practice/ledger.ts';
import type { ShopHistory } from './shop-history.ts';
import type { Wreck } from './wreck.ts';

/** What became of one shop. */
export type ShopVerdict = Readonly<{
  kills: number;
  accepted: number;
  skips: number;
  /** Requests that ended without a clear answer. */
  unclear: number;
  /** What of it the fault mix and the cut network account for, and what the kills. */
  answersLost: number;
  underWay: number;
  /** Deliveries that wait for a person in the end. */
  unknown: number;
  /** Dropped by Postscript as repeats, after a person had sent them again. */
  dropped: number;
  duplicates: number;
  findings: readonly string[];
}>;

/** Answers that get through and leave open whether the delivery was taken in. A broken connection is counted beside. */
const unclearAnswers = ['error_before', 'error_after', 'web_page', 'truncated'];

/** Of a shop that broke off nothing is known but how far it came, and why. */
export function breakOff(kills: number, findings: readonly string[]): ShopVerdict {
  return {
    kills,
    accepted: 0,
    skips: 0,
    unclear: 0,
    answersLost: 0,
    underWay: 0,
    unknown: 0,
    dropped: 0,
    duplicates: 0,
    findings,
  };
}

/** Holds what the simulators saw against what was promised, after everything has settled. */
export function judgeShop(history: ShopHistory, last: Wreck, whole: PracticeLedger): ShopVerdict {
  const { plan, lives, notes } = history;
  const { events, dropped, findings: repeats } = withoutAskedRepeats(history, whole);
  const ledger = { ...whole, events };
  const verdict = judge(ledger, last.record, rulesOf(history));
  const findings = [...notes.problems, ...verdict.findings, ...repeats];
  const { unknownAttempts, unknown, isQuiet } = last;
  if (!isQuiet) findings.push('it does not come to rest');
  const answersLost = unclearAnswers.reduce(
    (sum, kind) => sum + (whole.faults[`postscript:${kind}`] ?? 0),
    notes.answersLost,
  );
  if (unknownAttempts > notes.underWay + answersLost) {
    findings.push(
      `${unknownAttempts} requests ended unclear: ${notes.underWay} were under way when it was killed or cut off, ${answersLost} answers were lost`,
    );
  }
  if (plan.person !== 'absent' && unknown.length > 0)
    findings.push(`${unknown.length} are unknown, although somebody looked after them: ${unknown[0]?.key}`);
  if (plan.person === 'blind') findings.push(...neverThere(last, whole));
  return {
    kills: lives.length,
    accepted: last.record.deliveries.filter(({ state, isTest }) => state === 'accepted' && !isTest).length,
    skips: whole.skips.filter(({ by }) => by === 'API').length,
    unclear: unknownAttempts,
    answersLost,
    underWay: notes.underWay,
    unknown: unknown.length,
    dropped,
    duplicates: verdict.duplicateEvents,
    findings,
  };
}

/** A repeat that Postscript dropped is no second text where a person asked for it; as often as they did, and no more. */
function withoutAskedRepeats(
  { plan, notes: { resent } }: ShopHistory,
  { events }: PracticeLedger,
): Readonly<{ events: PracticeLedger['events']; dropped: number; findings: readonly string[] }> {
  if (plan.person !== 'blind') return { events, dropped: 0, findings: [] };
  const counts = new Map<string, number>();
  for (const { externalId, wasDropped } of events) {
    if (wasDropped && externalId !== null) counts.set(externalId, (counts.get(externalId) ?? 0) + 1);
  }
  return {
    events: events.filter(({ wasDropped }) => !wasDropped),
    dropped: [...counts.values()].reduce((sum, count) => sum + count, 0),
    findings: [...counts]
      .filter(([key, count]) => count > (resent.get(key) ?? 0))
      .map(
        ([key, count]) =>
          `duplicateEvents: ${key} was repeated ${count} times, ${resent.get(key) ?? 0} of them asked for`,
      ),
  };
}

/** Where Postscript knows an id again, whatever is accepted in the end was taken in once. */
function neverThere(last: Wreck, { events }: PracticeLedger): readonly string[] {
  const taken = new Set(events.filter(({ wasDropped }) => !wasDropped).map(({ externalId }) => externalId));
  return last.record.deliveries
    .filter(({ key, state, isTest }) => state === 'accepted' && !isTest && !taken.has(key))
    .map(({ key }) => `lostTriggers: ${key} is accepted here but was never taken in`);
}

function rulesOf({ plan, notes: { looks, forgotten }, skews, endedAt }: ShopHistory): Rules {
  const { timeZone, billingTimeZone, startAt } = plan.options;
  const { leadDays, minimumNoticeHours, window } = defaultSettings;
  return {
    timeZone,
    // As every practice shop's platform says.
    billing: { time: '09:30', timeZone: billingTimeZone },
    leadDays,
    minimumNoticeHours,
    window,
    startedAt: startAt,
    endedAt,
    looks,
    forgotten,
    believedAt: (at) => at + (skews.findLast((skew) => skew.at <= at)?.skewMs ?? 0),
  };
}

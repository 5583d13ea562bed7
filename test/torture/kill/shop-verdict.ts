import { defaultSettings } from '../../../shared/domain/settings.ts';
import { judge } from '../../../main/practice/judge.ts';
import type { Rules } from '../../../main/practice/judge-types.ts';
import type { PracticeLedger } from '../../../main/practice/ledger.ts';
import type { ShopHistory } from './shop-history.ts';

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

/** Holds what the simulators saw against what was promised, after everything has settled. */
export function judgeShop(history: ShopHistory, whole: PracticeLedger): ShopVerdict {
  const { plan, last, lives, problems } = history;
  const { events, dropped, findings: repeats } = withoutAskedRepeats(history, whole);
  const ledger = { ...whole, events };
  const verdict = judge(ledger, last.record, rulesOf(history));
  const findings = [...problems, ...verdict.findings, ...repeats];
  const { unknownAttempts, unknown, isQuiet } = last;
  if (!isQuiet) findings.push('it does not come to rest');
  const answersLost = unclearAnswers.reduce(
    (sum, kind) => sum + (whole.faults[`postscript:${kind}`] ?? 0),
    history.answersLost,
  );
  if (unknownAttempts > history.underWay + answersLost) {
    findings.push(
      `${unknownAttempts} requests ended unclear: ${history.underWay} were under way when it was killed or cut off, ${answersLost} answers were lost`,
    );
  }
  if (plan.person !== 'absent' && unknown.length > 0)
    findings.push(`${unknown.length} are unknown, although somebody looked after them: ${unknown[0]?.key}`);
  if (plan.person === 'blind') findings.push(...neverThere(history, whole));
  return {
    kills: lives.length,
    accepted: last.record.deliveries.filter(({ state, isTest }) => state === 'accepted' && !isTest).length,
    skips: whole.skips.filter(({ by }) => by === 'API').length,
    unclear: unknownAttempts,
    answersLost,
    underWay: history.underWay,
    unknown: unknown.length,
    dropped,
    duplicates: verdict.duplicateEvents,
    findings,
  };
}

/** A repeat that Postscript dropped is no second text where a person asked for it; as often as they did, and no more. */
function withoutAskedRepeats(
  { plan, resent }: ShopHistory,
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
function neverThere({ last }: ShopHistory, { events }: PracticeLedger): readonly string[] {
  const taken = new Set(events.filter(({ wasDropped }) => !wasDropped).map(({ externalId }) => externalId));
  return last.record.deliveries
    .filter(({ key, state, isTest }) => state === 'accepted' && !isTest && !taken.has(key))
    .map(({ key }) => `lostTriggers: ${key} is accepted here but was never taken in`);
}

function rulesOf({ plan, looks, forgotten, skews, endedAt }: ShopHistory): Rules {
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

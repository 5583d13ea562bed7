import { Text } from '@mantine/core';
import { addDays, dateIn, instantOf } from '../../shared/domain/calendar.ts';
import { formatCount } from '../../shared/domain/counts.ts';
import { timeNotice, type BillingClock, type NoticeSettings } from '../../shared/domain/notice-time.ts';
import { formatDate, formatInstant } from '../lib/format.ts';
import { useStatus } from '../lib/status.ts';

type WorkedExampleProps = Readonly<{ settings: NoticeSettings }>;

type Example = Readonly<{ sentence: string; isProblem: boolean }>;

/** Far enough ahead that its notice is still to come, whatever the lead days. */
const EXAMPLE_IN_DAYS = 14;

/** A worked example says more than the rule. It is reckoned by the planner's own function. */
export function WorkedExample({ settings }: WorkedExampleProps): React.JSX.Element {
  const { now, billing } = useStatus();
  const { sentence, isProblem } = exampleOf(settings, billing, now);
  return (
    <Text size="sm" aria-live="polite" {...(isProblem && { c: 'var(--mantine-color-error)' })}>
      {sentence}
    </Text>
  );
}

function exampleOf(settings: NoticeSettings, billing: BillingClock, now: number): Example {
  const { timeZone, leadDays, window, minimumNoticeHours } = settings;
  if (!Number.isInteger(leadDays) || leadDays < 1 || leadDays > 30) return plain('Use 1 to 30 days before the order.');
  if (!Number.isInteger(minimumNoticeHours)) return plain('Say how many hours a notice needs at least.');
  if (![window.opens, window.closes].every((time) => /^\d\d:\d\d$/.test(time)) || window.opens >= window.closes)
    return plain('Say when the send window opens, and when it closes after that.');
  const date = addDays(dateIn(timeZone, now), EXAMPLE_IN_DAYS + leadDays);
  const order = { date, at: instantOf(timeZone, date, '12:00') };
  const { dueAt, isTooLate } = timeNotice(settings, billing, order, now);
  const due = `${formatDate(dateIn(timeZone, dueAt))} at ${formatInstant(dueAt, timeZone, 'clock')}`;
  if (isTooLate) {
    const least = formatCount(minimumNoticeHours, 'hour');
    return {
      sentence: `An order on ${formatDate(date)} gets no notice: ${due} is less than ${least} before it is charged. Use more days, or a shorter minimum notice under Settings, Sending.`,
      isProblem: true,
    };
  }
  const lead = formatCount(leadDays, 'day');
  return plain(`An order on ${formatDate(date)} gets its notice on ${due}, ${lead} before.`);
}

function plain(sentence: string): Example {
  return { sentence, isProblem: false };
}

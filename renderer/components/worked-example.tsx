import { Text } from '@mantine/core';
import { formatCount } from '../../shared/domain/counts.ts';
import { addDays, dateIn, noticeDueAt } from '../../shared/domain/calendar.ts';
import { formatDate, formatInstant } from '../lib/format.ts';
import { useStatus } from '../lib/status.ts';

type WorkedExampleProps = Readonly<{ leadDays: number; opens: string; timeZone: string }>;

/** Far enough ahead that its notice is still to come, whatever the lead days. */
const EXAMPLE_IN_DAYS = 14;

/** A worked example says more than the rule. It is reckoned by the planner's own function. */
export function WorkedExample({ leadDays, opens, timeZone }: WorkedExampleProps): React.JSX.Element {
  const { now } = useStatus();
  return (
    <Text size="sm" aria-live="polite">
      {exampleOf({ leadDays, opens, timeZone }, now)}
    </Text>
  );
}

function exampleOf({ leadDays, opens, timeZone }: WorkedExampleProps, now: number): string {
  if (!Number.isInteger(leadDays) || leadDays < 1 || leadDays > 30) return 'Use 1 to 30 days before the order.';
  if (!/^\d\d:\d\d$/.test(opens)) return 'Say when the send window opens.';
  const order = addDays(dateIn(timeZone, now), EXAMPLE_IN_DAYS + leadDays);
  const due = noticeDueAt(timeZone, order, leadDays, opens);
  const day = formatDate(dateIn(timeZone, due));
  const lead = formatCount(leadDays, 'day');
  return `An order on ${formatDate(order)} gets its notice on ${day} at ${formatInstant(due, timeZone, 'clock')}, ${lead} before.`;
}

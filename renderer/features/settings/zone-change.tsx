import { Alert, Text } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import { dateIn, formatDate } from '../../lib/format.ts';
import { useStatus } from '../../lib/status.ts';

/** What another zone does to the orders, said before it is saved. */
export function ZoneChange({ from, to }: Readonly<{ from: string; to: string }>): React.JSX.Element {
  const { now } = useStatus();
  return (
    <div aria-live="polite">
      {from !== to && (
        <Alert color="orange" icon={<IconCalendarTime aria-hidden />} title="Orders may get other dates">
          <Text size="sm">
            An order’s date is its day in the shop’s zone, so one that is close to midnight may move to the day before
            or after. {todayIn(from, to, now)} Notices that are not handed over yet are planned again for the new dates.
            What Postscript accepted already stays, and no order is announced twice.
          </Text>
        </Alert>
      )}
    </div>
  );
}

function todayIn(from: string, to: string, now: number): string {
  const before = dateIn(from, now);
  const after = dateIn(to, now);
  if (before === after) return `Today is ${formatDate(after)} in both.`;
  return `Today is ${formatDate(before)} there until now, and ${formatDate(after)} in the new zone.`;
}

import { Button, Table, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { Section } from '../../components/section.tsx';
import { formatCount, formatDate, formatNumber } from '../../lib/format.ts';
import type { Overview } from './queries.ts';
import classes from './upcoming-strip.module.css';

type Day = Overview['upcomingNotices'][number];

const BARS_TOP = 20;
const BARS_HEIGHT = 84;
const BASE_LINE = BARS_TOP + BARS_HEIGHT;

/** Bars for the eye, the same numbers as a table for everyone. */
export function UpcomingStrip({ days }: Readonly<{ days: readonly Day[] }>): React.JSX.Element {
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  const total = days.reduce((sum, { notices }) => sum + notices, 0);
  return (
    <Section
      title="Notices in the next 14 days"
      description={`${formatCount(total, 'notice')} due, by the day on which they are due.`}
      actions={
        <Button
          size="xs"
          variant="default"
          aria-expanded={isTable}
          aria-controls={id}
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? 'Hide the table' : 'Show as a table'}
        </Button>
      }
    >
      <Bars days={days} />
      <div id={id}>
        {isTable && (
          <Table tabularNums>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Day</Table.Th>
                <Table.Th ta="right">Notices</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {days.map(({ date, notices }) => (
                <Table.Tr key={date}>
                  <Table.Td>{formatDate(date)}</Table.Td>
                  <Table.Td ta="right">{formatNumber(notices)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </div>
      {total === 0 && (
        <Text size="sm" c="dimmed">
          No order comes up for a notice in these days.
        </Text>
      )}
    </Section>
  );
}

function Bars({ days }: Readonly<{ days: readonly Day[] }>): React.JSX.Element {
  const most = Math.max(1, ...days.map(({ notices }) => notices));
  const slot = 100 / Math.max(1, days.length);
  return (
    // The same numbers are in the description and in the table.
    <svg className={classes['strip']} aria-hidden>
      <line x1="0" x2="100%" y1={BASE_LINE + 0.5} y2={BASE_LINE + 0.5} className={classes['base']} />
      {days.map(({ date, notices }, index) => {
        const height = notices === 0 ? 0 : Math.max(3, (notices / most) * BARS_HEIGHT);
        const middle = `${(index + 0.5) * slot}%`;
        return (
          <g key={date}>
            <rect
              x={`${(index + 0.18) * slot}%`}
              width={`${0.64 * slot}%`}
              y={BASE_LINE - height}
              height={height}
              rx={3}
              className={classes['bar']}
            />
            <text x={middle} y={BASE_LINE - height - 6} className={classes['count']}>
              {notices === 0 ? '' : formatNumber(notices)}
            </text>
            <text x={middle} y={BASE_LINE + 18} className={classes['day']}>
              {formatDate(date, 'weekday')}
            </text>
            <text x={middle} y={BASE_LINE + 34} className={classes['day']}>
              {Number(date.slice(-2))}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

import { Button, Group, Table, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { formatDate, formatNumber } from '../lib/format.ts';
import classes from './day-chart.module.css';
import { Section } from './section.tsx';
import { TextLink } from './text-link.tsx';

export type ChartDay = Readonly<{
  date: string;
  count: number;
  /** The same day with settings that are tried; null while none are. */
  tried?: number | null;
}>;

type DayChartProps = Readonly<{
  title: string;
  description: React.ReactNode;
  days: readonly ChartDay[];
  /** What is counted, as the table's heading: "Notices". */
  counted: string;
  /** Said in words when there is nothing to draw. */
  whenEmpty: string;
  /** Where the table's days lead. */
  linkOf?: (date: string) => string;
}>;

const BARS_TOP = 20;
const BARS_HEIGHT = 84;
const BASE_LINE = BARS_TOP + BARS_HEIGHT;

/** Bars for the eye, the same numbers as a table for everyone (decision 0013). */
export function DayChart(props: DayChartProps): React.JSX.Element {
  const { title, description, days, whenEmpty } = props;
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  const isEmpty = days.every(({ count, tried }) => count === 0 && (tried ?? 0) === 0);
  const isCompared = days.some(({ tried }) => typeof tried === 'number');
  return (
    <Section
      title={title}
      description={description}
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
      {isCompared && <Legend />}
      {isEmpty ? (
        <Text size="sm" c="dimmed">
          {whenEmpty}
        </Text>
      ) : (
        <Bars days={days} isCompared={isCompared} />
      )}
      <div id={id}>{isTable && <DayTable {...props} isCompared={isCompared} />}</div>
    </Section>
  );
}

function Legend(): React.JSX.Element {
  return (
    <Group gap="md">
      <Text size="xs" className={classes['key']} data-series="now">
        As it is
      </Text>
      <Text size="xs" className={classes['key']} data-series="tried">
        With the tried settings
      </Text>
    </Group>
  );
}

type DayTableProps = Pick<DayChartProps, 'days' | 'counted' | 'linkOf'> & Readonly<{ isCompared: boolean }>;

function DayTable({ days, counted, linkOf, isCompared }: DayTableProps): React.JSX.Element {
  return (
    <Table tabularNums verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Day</Table.Th>
          <Table.Th ta="right">{counted}</Table.Th>
          {isCompared && <Table.Th ta="right">With the tried settings</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {days.map(({ date, count, tried }) => (
          <Table.Tr key={date}>
            <Table.Td>
              {linkOf === undefined ? formatDate(date) : <TextLink to={linkOf(date)}>{formatDate(date)}</TextLink>}
            </Table.Td>
            <Table.Td ta="right">{formatNumber(count)}</Table.Td>
            {isCompared && <Table.Td ta="right">{formatNumber(tried ?? 0)}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Bars({ days, isCompared }: Readonly<{ days: readonly ChartDay[]; isCompared: boolean }>): React.JSX.Element {
  const most = Math.max(1, ...days.map(({ count, tried }) => Math.max(count, tried ?? 0)));
  const slot = 100 / Math.max(1, days.length);
  const width = isCompared ? 0.34 : 0.64;
  return (
    // The same numbers are in the table.
    <div className={classes['frame']} data-is-long={days.length > 14 ? true : undefined}>
      <svg className={classes['strip']} aria-hidden>
        <line x1="0" x2="100%" y1={BASE_LINE + 0.5} y2={BASE_LINE + 0.5} className={classes['base']} />
        {days.map(({ date, count, tried }, index) => (
          <g key={date} data-is-odd={index % 2 === 1 ? true : undefined}>
            <Bar x={(index + 0.18) * slot} width={width * slot} share={count / most} series="now" />
            {isCompared && (
              <Bar x={(index + 0.5) * slot} width={width * slot} share={(tried ?? 0) / most} series="tried" />
            )}
            {!isCompared && count > 0 && (
              <text x={`${(index + 0.5) * slot}%`} y={topOf(count / most) - 6} className={classes['count']}>
                {formatNumber(count)}
              </text>
            )}
            <text x={`${(index + 0.5) * slot}%`} y={BASE_LINE + 18} className={classes['day']}>
              {formatDate(date, 'weekday')}
            </text>
            <text x={`${(index + 0.5) * slot}%`} y={BASE_LINE + 34} className={classes['day']}>
              {Number(date.slice(-2))}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

function topOf(share: number): number {
  // One of a thousand is still seen.
  return BASE_LINE - (share === 0 ? 0 : Math.max(3, share * BARS_HEIGHT));
}

type BarProps = Readonly<{ x: number; width: number; share: number; series: 'now' | 'tried' }>;

function Bar({ x, width, share, series }: BarProps): React.JSX.Element {
  const y = topOf(share);
  return (
    <rect
      x={`${x}%`}
      width={`${width}%`}
      y={y}
      height={BASE_LINE - y}
      rx={3}
      className={classes['bar']}
      data-series={series}
    />
  );
}

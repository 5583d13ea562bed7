import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { formatCount } from '../../../shared/domain/counts.ts';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { formatNumber } from '../../lib/format.ts';
import { describeMoment } from './filter-words.ts';
import { volumeQuery, type Volume } from './queries.ts';
import classes from './volume-strip.module.css';

type VolumeStripProps = Readonly<{
  filter: DeliveryFilter;
  onNarrow: (period: string) => void;
}>;

/** How many deliveries were put in line, over time. Narrows the period; it does not know the other filters. */
export function VolumeStrip({ filter, onNarrow }: VolumeStripProps): React.JSX.Element | null {
  const { data } = useQuery(volumeQuery(filter));
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  // A help that is missing is no failure of the list below it.
  if (data === undefined || data.bars.length === 0) return <div className={classes['room']} />;
  const total = data.bars.reduce((sum, { count }) => sum + count, 0);
  return (
    <section aria-label="Deliveries over time">
      <Group justify="space-between" gap="sm" mb={4}>
        <Text size="sm" c="dimmed">
          {formatCount(total, 'delivery', 'deliveries')} put in line by {data.unit}, tests and filters aside
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={isTable}
          aria-controls={id}
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? 'Hide the table' : 'Show as a table'}
        </Button>
      </Group>
      <Bars volume={data} onNarrow={onNarrow} />
      <div id={id} className={classes['table']} hidden={!isTable}>
        {isTable && <Numbers volume={data} onNarrow={onNarrow} />}
      </div>
    </section>
  );
}

type PartProps = Readonly<{ volume: Volume; onNarrow: (period: string) => void }>;

/** For the mouse; the same is in the table for everyone. */
function Bars({ volume: { bars }, onNarrow }: PartProps): React.JSX.Element {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const [first] = bars;
  const last = bars.at(-1);
  return (
    <div aria-hidden>
      <div className={classes['bars']}>
        {bars.map(({ period, count }) => (
          <button
            key={period}
            type="button"
            tabIndex={-1}
            className={classes['slot']}
            title={`${describeMoment(period)}: ${formatNumber(count)}`}
            aria-label={`Show ${describeMoment(period)} only`}
            onClick={() => onNarrow(period)}
          >
            <span
              className={classes['bar']}
              style={{ height: count === 0 ? 0 : `max(3px, ${(count / most) * 100}%)` }}
            />
          </button>
        ))}
      </div>
      <div className={classes['ends']}>
        <span>{first === undefined ? '' : describeMoment(first.period)}</span>
        <span>{last === undefined ? '' : describeMoment(last.period)}</span>
      </div>
    </div>
  );
}

function Numbers({ volume: { unit, bars }, onNarrow }: PartProps): React.JSX.Element {
  return (
    <Table tabularNums verticalSpacing={2}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{unit === 'day' ? 'Day' : 'Hour'}</Table.Th>
          <Table.Th ta="right">Put in line</Table.Th>
          <Table.Th ta="right">Narrow</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {bars.map(({ period, count }) => (
          <Table.Tr key={period}>
            <Table.Td>{describeMoment(period)}</Table.Td>
            <Table.Td ta="right">{formatNumber(count)}</Table.Td>
            <Table.Td ta="right">
              <Button size="compact-xs" variant="subtle" onClick={() => onNarrow(period)}>
                Show only<VisuallyHidden> {describeMoment(period)}</VisuallyHidden>
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

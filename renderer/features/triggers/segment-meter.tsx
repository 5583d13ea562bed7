import { Table, Text } from '@mantine/core';
import { formatCount } from '../../../shared/domain/counts.ts';
import type { CountedText } from '../../../shared/domain/segment-range.ts';
import { Clip } from '../../components/clip.tsx';
import { formatNumber } from '../../lib/format.ts';
import { sampleLabels, sampleNames } from './sample-people.ts';
import type { Counted, Preview } from './use-preview.ts';

/** What the copy costs: the shortest and the longest text that it makes, with the shop's name in front. */
export function SegmentMeter({ range, isRangeReal }: Pick<Preview, 'range' | 'isRangeReal'>): React.JSX.Element | null {
  if (range === null || range.dearest.count.segments === 0) return null;
  const { cheapest, dearest } = range;
  return (
    <div>
      <Text size="sm" fw={600} aria-live="polite">
        {summarise(cheapest.count.segments, dearest.count.segments)}
      </Text>
      <Table fz="sm" layout="fixed" aria-label="Length and segments">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="22%">Text</Table.Th>
            <Table.Th>Values of</Table.Th>
            <Table.Th w="17%">Encoding</Table.Th>
            <Table.Th w="17%">Units</Table.Th>
            <Table.Th w="17%">Segments</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cheapest.text === dearest.text ? (
            <CountRow label="Everybody's" counted={dearest} />
          ) : (
            <>
              <CountRow label="Shortest" counted={cheapest} />
              <CountRow label="Longest" counted={dearest} />
            </>
          )}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt={4}>
        {isRangeReal
          ? 'Found over all customers: those with the shortest and the longest names and products, and those whose letters need Unicode.'
          : 'Counted with example values: there are no customers yet.'}{' '}
        Postscript bills each segment.
      </Text>
    </div>
  );
}

function summarise(least: number, most: number): string {
  return least === most
    ? `${formatCount(most, 'segment')} for everybody`
    : `${formatNumber(least)} to ${formatCount(most, 'segment')}, depending on the customer`;
}

function CountRow({ label, counted }: Readonly<{ label: string; counted: CountedText<Counted> }>): React.JSX.Element {
  const { who, count } = counted;
  return (
    <Table.Tr>
      <Table.Th scope="row">{label}</Table.Th>
      <Table.Td>
        <Clip text={nameOf(who)} />
      </Table.Td>
      <Table.Td>{count.encoding}</Table.Td>
      <Table.Td>
        {formatNumber(count.units)} of {formatNumber(roomOf(count))}
      </Table.Td>
      <Table.Td>{formatNumber(count.segments)}</Table.Td>
    </Table.Tr>
  );
}

function nameOf({ name, isReal }: Counted): string {
  if (isReal) return name === '' ? 'Somebody without a name' : name;
  const sample = sampleNames.find((known) => known === name);
  return sample === undefined ? name : sampleLabels[sample];
}

/** How many units fit before another segment begins (postscript-api.md 9.1). */
function roomOf({ encoding, segments }: CountedText<Counted>['count']): number {
  const [single, multi] = encoding === 'GSM-7' ? [160, 153] : [70, 67];
  return segments <= 1 ? single : segments * multi;
}

import { Table, Text, VisuallyHidden } from '@mantine/core';
import { formatCount } from '../../../shared/domain/counts.ts';
import { decisionReasons } from '../../../shared/domain/decisions.ts';
import type { UpcomingRow } from '../../../shared/ipc/upcoming-contract.ts';
import { Clip } from '../../components/clip.tsx';
import table from '../../components/row-table.module.css';
import { dateIn, formatDate, formatPhone } from '../../lib/format.ts';
import { useShopTime, useStatus } from '../../lib/status.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import classes from './upcoming-table.module.css';

type UpcomingTableProps = Readonly<{
  rows: readonly UpcomingRow[];
  isResting: boolean;
  onOpen: (subscriptionId: string) => void;
}>;

/** One group for each day on which notices are due. */
export function UpcomingTable({ rows, isResting, onOpen }: UpcomingTableProps): React.JSX.Element {
  const { timeZone, now } = useStatus();
  const today = dateIn(timeZone, now);
  return (
    <div className={table['frame']}>
      <Table layout="fixed" verticalSpacing={8} highlightOnHover>
        <caption>
          <VisuallyHidden>Notices by the day on which they are due</VisuallyHidden>
        </caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes['outcome']}>Notice</Table.Th>
            <Table.Th>Customer</Table.Th>
            <Table.Th className={classes['order']}>Order</Table.Th>
            <Table.Th className={classes['when']}>When, or why not</Table.Th>
          </Table.Tr>
        </Table.Thead>
        {groupByDay(rows, today).map(({ title, rows: ofDay }) => (
          <Table.Tbody key={title}>
            <Table.Tr className={classes['day']}>
              <Table.Th colSpan={4} scope="rowgroup">
                {title}
              </Table.Th>
            </Table.Tr>
            {ofDay.map((row) => (
              <Row key={row.subscriptionId} row={row} isResting={isResting} onOpen={onOpen} />
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </div>
  );
}

type Group = { title: string; rows: UpcomingRow[] };

/** Rows come in the order of their days already. */
function groupByDay(rows: readonly UpcomingRow[], today: string): readonly Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const title = nameDay(row.noticeDate, today);
    const group = groups.at(-1);
    if (group?.title === title) group.rows.push(row);
    else groups.push({ title, rows: [row] });
  }
  return groups;
}

function nameDay(date: string, today: string): string {
  if (date < today) return 'Due before today';
  return date === today ? `Today, ${formatDate(date)}` : formatDate(date);
}

type RowProps = Readonly<{ row: UpcomingRow; isResting: boolean; onOpen: (subscriptionId: string) => void }>;

function Row({ row, isResting, onOpen }: RowProps): React.JSX.Element {
  const { subscriptionId, customerName, phone, hasEmail, orderDate, productTitles } = row;
  const { outcome, goesAt, reason, segments } = row;
  const shopTime = useShopTime();
  const contact = phone === null ? (hasEmail ? 'By e-mail' : 'No phone or e-mail') : formatPhone(phone);
  return (
    // The whole row is a target for the mouse; the keyboard has the button on the customer's name.
    <Table.Tr className={classes['row']} onClick={() => onOpen(subscriptionId)}>
      <Table.Td>
        <OutcomeBadge outcome={outcome} isResting={isResting} />
      </Table.Td>
      <Table.Td>
        <button
          type="button"
          className={table['name']}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(subscriptionId);
          }}
        >
          <Clip text={customerName === '' ? 'No name' : customerName} />
        </button>
        <Clip className={table['second']} text={contact} />
      </Table.Td>
      <Table.Td>
        <span className={table['numbers']}>{formatDate(orderDate, 'short')}</span>
        <Clip className={table['second']} text={productTitles.join(', ')} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" className={table['numbers']}>
          {goesAt !== null && shopTime(goesAt)}
          {goesAt === null && reason !== null && decisionReasons[reason].sentence}
        </Text>
        {goesAt !== null && <div className={table['second']}>{formatCount(segments, 'segment')}</div>}
      </Table.Td>
    </Table.Tr>
  );
}

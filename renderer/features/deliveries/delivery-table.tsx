import { Badge, Table, VisuallyHidden } from '@mantine/core';
import { decisionReasons } from '../../../shared/domain/decisions.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import type { DeliveryRow } from '../../../shared/ipc/schemas.ts';
import { Clip } from '../../components/clip.tsx';
import { DeliveryStateBadge } from '../../components/delivery-state-badge.tsx';
import { formatDate } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import classes from './delivery-table.module.css';

type DeliveryTableProps = Readonly<{ rows: readonly DeliveryRow[]; onOpen: (id: number) => void }>;

export function DeliveryTable({ rows, onOpen }: DeliveryTableProps): React.JSX.Element {
  return (
    <div className={classes['frame']}>
      <Table layout="fixed" verticalSpacing={8} highlightOnHover>
        <caption>
          <VisuallyHidden>Deliveries, newest first</VisuallyHidden>
        </caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes['state']}>State</Table.Th>
            <Table.Th>Trigger</Table.Th>
            <Table.Th className={classes['customer']}>Customer</Table.Th>
            <Table.Th className={classes['order']}>Order</Table.Th>
            <Table.Th className={classes['when']}>When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} onOpen={onOpen} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Row({ row, onOpen }: Readonly<{ row: DeliveryRow; onOpen: (id: number) => void }>): React.JSX.Element {
  return (
    // The whole row is a target for the mouse; the keyboard has the button on the trigger's title.
    <Table.Tr className={classes['row']} onClick={() => onOpen(row.id)}>
      <Table.Td>
        <DeliveryStateBadge state={row.state} />
      </Table.Td>
      <Table.Td>
        <div className={classes['title']}>
          <button
            type="button"
            className={classes['open']}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(row.id);
            }}
          >
            {triggers[row.trigger].title}
            <VisuallyHidden> for {row.customerName.slice(0, 80)}: open</VisuallyHidden>
          </button>
          {row.isTest && (
            <Badge color="violet" size="sm">
              Test
            </Badge>
          )}
        </div>
        <Clip className={classes['second']} text={decisionReasons[row.reason].sentence} />
      </Table.Td>
      <Table.Td>
        <Clip text={row.customerName === '' ? 'Nobody' : row.customerName} />
        {row.phone !== null && <Clip className={classes['second']} text={row.phone} />}
      </Table.Td>
      <Table.Td className={classes['numbers']}>
        {row.orderDate === null ? '–' : formatDate(row.orderDate, 'short')}
      </Table.Td>
      <Table.Td className={classes['numbers']}>
        <When row={row} />
      </Table.Td>
    </Table.Tr>
  );
}

function When({ row: { finishedAt, dueAt, createdAt } }: Readonly<{ row: DeliveryRow }>): React.JSX.Element {
  const shopTime = useShopTime();
  const [at, word] =
    finishedAt !== null ? [finishedAt, 'Finished'] : dueAt !== null ? [dueAt, 'Due'] : [createdAt, 'Decided'];
  return (
    <>
      <Clip text={shopTime(at)} />
      <Clip className={classes['second']} text={word} />
    </>
  );
}

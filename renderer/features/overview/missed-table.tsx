import { Table, VisuallyHidden } from '@mantine/core';
import { Link } from 'wouter';
import type { MissedNotice } from '../../../shared/ipc/status-contract.ts';
import { Clip } from '../../components/clip.tsx';
import table from '../../components/row-table.module.css';
import { formatDate, formatPhone } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import classes from './missed-table.module.css';

export function MissedTable({ rows }: Readonly<{ rows: readonly MissedNotice[] }>): React.JSX.Element {
  const shopTime = useShopTime();
  return (
    <div className={table['frame']}>
      <Table layout="fixed" verticalSpacing={8}>
        <caption>
          <VisuallyHidden>Missed notices, newest first</VisuallyHidden>
        </caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Customer</Table.Th>
            <Table.Th>Order</Table.Th>
            <Table.Th className={classes['when']}>Found too late</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ id, at, customerId, customerName, phone, orderDate, productTitles }) => (
            <Table.Tr key={id}>
              <Table.Td>
                {customerId === null ? (
                  <Clip text="Erased" />
                ) : (
                  <Link href={`/customers/${encodeURIComponent(customerId)}`} className={table['name']}>
                    <Clip text={customerName === '' ? 'No name' : customerName} />
                  </Link>
                )}
                <Clip className={table['second']} text={phone === null ? 'No phone' : formatPhone(phone)} />
              </Table.Td>
              <Table.Td>
                {orderDate === null ? 'Not known' : formatDate(orderDate)}
                <Clip className={table['second']} text={productTitles.join(', ')} />
              </Table.Td>
              <Table.Td className={table['numbers']}>{shopTime(at)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

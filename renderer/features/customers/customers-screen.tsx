import { Paper } from '@mantine/core';
import { IconUserSearch, IconUsers } from '@tabler/icons-react';
import { Link, useSearchParams } from 'wouter';
import { formatCount } from '../../../shared/domain/counts.ts';
import type { CustomerRow } from '../../../shared/ipc/schemas.ts';
import { Clip } from '../../components/clip.tsx';
import { Empty } from '../../components/empty.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/format.ts';
import { usePagedList } from '../../lib/use-paged-list.ts';
import classes from './customers-screen.module.css';
import { customersKey, fetchCustomers } from './queries.ts';

export function CustomersScreen(): React.JSX.Element {
  const [params, setParams] = useSearchParams();
  const searched = (params.get('q') ?? '').slice(0, 200);
  const { list, ...paging } = usePagedList(customersKey(searched), (cursor) => fetchCustomers(searched, cursor));

  return (
    <Screen
      title="Customers"
      description="Find a customer to see every decision about them, in order: what was handed to Postscript, what was not, and why."
    >
      <SearchField
        label="Find a customer"
        placeholder="Name, e-mail or phone"
        w="min(28rem, 100%)"
        searched={searched}
        command="Search the customers"
        group="Customers"
        onSearch={(text) => setParams(text === '' ? {} : { q: text }, { replace: true })}
      />
      <Loaded query={list} what="The customers" skeleton={<RowSkeletons rows={6} height={58} />}>
        {(rows) => (
          <>
            {rows.length > 0 && (
              <div>
                <ul className={classes['list']}>
                  {rows.map((customer) => (
                    <CustomerItem key={customer.id} customer={customer} />
                  ))}
                </ul>
                <LoadMore shown={rows.length} one="customer" many="customers" {...paging} />
              </div>
            )}
            {rows.length === 0 && searched !== '' && (
              <Empty icon={IconUserSearch} title="Nobody matches">
                Try a part of the name, the e-mail, or the last digits of the phone number.
              </Empty>
            )}
            {rows.length === 0 && searched === '' && (
              <Empty
                icon={IconUsers}
                title="No customers yet"
                action={<TextLink to="/settings">Connect Smartrr</TextLink>}
              >
                Customers come from Smartrr with the first sync.
              </Empty>
            )}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function CustomerItem({ customer }: Readonly<{ customer: CustomerRow }>): React.JSX.Element {
  const { id, name, phone, email, subscriptions } = customer;
  const contact = [phone, email].filter((part) => part !== null).join(', ');
  return (
    <Paper component="li" withBorder>
      <Link href={`/customers/${encodeURIComponent(id)}`} className={classes['item']}>
        <span className={classes['who']}>
          <Clip className={classes['name']} text={name} />
          <Clip className={classes['second']} text={contact === '' ? 'No phone or e-mail' : contact} />
        </span>
        <span className={classes['what']}>{summarise(subscriptions)}</span>
      </Link>
    </Paper>
  );
}

function summarise(subscriptions: CustomerRow['subscriptions']): string {
  const dates = subscriptions.flatMap(({ status, nextOrderDate }) =>
    status === 'ACTIVE' && nextOrderDate !== null ? [nextOrderDate] : [],
  );
  const next = dates.toSorted()[0];
  const count = formatCount(subscriptions.length, 'subscription');
  return next === undefined ? count : `${count}, next order ${formatDate(next, 'short')}`;
}

import { Button } from '@mantine/core';
import { IconFilterOff, IconSend } from '@tabler/icons-react';
import { useSearchParams } from 'wouter';
import { everyDelivery, type DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { deliveryStates } from '../../../shared/domain/deliveries.ts';
import { triggerNames } from '../../../shared/domain/triggers.ts';
import { Empty } from '../../components/empty.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { usePagedList } from '../../lib/use-paged-list.ts';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { DeliveryFilters } from './delivery-filters.tsx';
import { DeliveryTable } from './delivery-table.tsx';
import { deliveriesKey, fetchDeliveries } from './queries.ts';

/** The filters and the open delivery live in the address, so that back, forward and a reload restore them. */
export function DeliveriesScreen(): React.JSX.Element {
  const [params, setParams] = useSearchParams();
  const filter: DeliveryFilter = {
    ...everyDelivery,
    state: deliveryStates.find((state) => state === params.get('state')) ?? null,
    trigger: triggerNames.find((trigger) => trigger === params.get('trigger')) ?? null,
  };
  const { list, ...paging } = usePagedList(deliveriesKey(filter), (cursor) => fetchDeliveries(filter, cursor));
  const openId = parseId(params.get('id'));
  const isFiltered = filter.state !== null || filter.trigger !== null;

  function setParam(name: 'state' | 'trigger' | 'id', value: string | null): void {
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    });
  }

  return (
    <Screen
      title="Deliveries"
      description="One row for every trigger that was decided for a customer, also when it was not sent. Accepted means that Postscript answered yes; whether the text arrived is in Postscript."
    >
      <DeliveryFilters filter={filter} onChange={setParam} onClear={() => setParams({})} />
      <Loaded query={list} what="The deliveries" skeleton={<RowSkeletons rows={8} height={52} />}>
        {(rows) => (
          <div>
            {rows.length > 0 && <DeliveryTable rows={rows} onOpen={(id) => setParam('id', String(id))} />}
            {rows.length > 0 && <LoadMore shown={rows.length} one="delivery" many="deliveries" {...paging} />}
            {rows.length === 0 && isFiltered && (
              <Empty
                icon={IconFilterOff}
                title="No delivery matches"
                action={
                  <Button variant="default" onClick={() => setParams({})}>
                    Clear the filters
                  </Button>
                }
              >
                Nothing has this state and trigger at the moment.
              </Empty>
            )}
            {rows.length === 0 && !isFiltered && (
              <Empty
                icon={IconSend}
                title="Nothing yet"
                action={<TextLink to="/triggers">Send a test trigger</TextLink>}
              >
                Deliveries appear as soon as the first sync has planned a notice, or when you send a test.
              </Empty>
            )}
          </div>
        )}
      </Loaded>
      <DeliveryDrawer id={openId} onClose={() => setParam('id', null)} />
    </Screen>
  );
}

function parseId(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

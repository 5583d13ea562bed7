import { queryOptions } from '@tanstack/react-query';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type DeliveryDetail = Output<'deliveries.get'>;

export const deliveriesKey = (filter: DeliveryFilter) => ['deliveries', 'list', filter] as const;

export function fetchDeliveries(filter: DeliveryFilter, cursor: string | null): Promise<Output<'deliveries.list'>> {
  return call('deliveries.list', { filter, cursor });
}

export const deliveryQuery = (id: number) =>
  queryOptions({
    queryKey: ['deliveries', 'one', id] as const,
    queryFn: () => call('deliveries.get', { id }),
  });

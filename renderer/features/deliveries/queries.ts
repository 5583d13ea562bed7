import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type DeliveryDetail = Output<'deliveries.get'>;
export type Volume = Output<'deliveries.volume'>;
export type BulkPlan = Output<'deliveries.planBulkResend'>;

/** What is followed changes with every screenful scrolled; what nobody looks at any more need not be kept. */
const FOLLOWED_MS = 5_000;

export const deliveriesKey = (filter: DeliveryFilter) => ['deliveries', 'list', filter] as const;

export function fetchDeliveries(filter: DeliveryFilter, cursor: string | null): Promise<Output<'deliveries.list'>> {
  return call('deliveries.list', { filter, cursor });
}

export const followQuery = (input: Input<'deliveries.follow'>) =>
  queryOptions({
    queryKey: ['deliveries', 'follow', input] as const,
    queryFn: () => call('deliveries.follow', input),
    placeholderData: keepPreviousData,
    gcTime: FOLLOWED_MS,
  });

export const volumeQuery = ({ from, to }: Pick<DeliveryFilter, 'from' | 'to'>) =>
  queryOptions({
    queryKey: ['deliveries', 'volume', from, to] as const,
    queryFn: () => call('deliveries.volume', { from, to }),
    placeholderData: keepPreviousData,
  });

export const deliveryQuery = (id: number, withPhone: boolean) =>
  queryOptions({
    queryKey: ['deliveries', 'one', id, withPhone] as const,
    queryFn: () => call('deliveries.get', { id, withPhone }),
    // The number is not kept once it is hidden again.
    ...(withPhone ? { gcTime: 0 } : {}),
    placeholderData: keepPreviousData,
  });

export const bulkPlanQuery = (filter: DeliveryFilter) =>
  queryOptions({
    queryKey: ['deliveries', 'bulk plan', filter] as const,
    queryFn: () => call('deliveries.planBulkResend', { filter }),
    gcTime: 0,
  });

export const bulkResendQuery = queryOptions({
  queryKey: ['deliveries', 'bulk resend'] as const,
  queryFn: () => call('deliveries.bulkResend', {}),
});

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type CustomerDetail = Output<'customers.get'>;

export const customerSearchQuery = (text: string) =>
  queryOptions({
    queryKey: ['customers', 'search', text] as const,
    queryFn: () => call('customers.search', { text }),
    placeholderData: keepPreviousData,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id] as const,
    queryFn: () => call('customers.get', { id }),
  });

export const decisionsKey = (customerId: string) => ['decisions', customerId] as const;

export function fetchDecisions(customerId: string, cursor: string | null): Promise<Output<'decisions.list'>> {
  return call('decisions.list', { customerId, cursor });
}

import { queryOptions } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type CustomerDetail = Output<'customers.get'>;

export const customersKey = (text: string) => ['customers', 'list', text] as const;

export function fetchCustomers(text: string, cursor: string | null): Promise<Output<'customers.list'>> {
  return call('customers.list', { text, cursor });
}

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id] as const,
    queryFn: () => call('customers.get', { id }),
  });

export const decisionsKey = (customerId: string) => ['decisions', customerId] as const;

export function fetchDecisions(customerId: string, cursor: string | null): Promise<Output<'decisions.list'>> {
  return call('decisions.list', { customerId, cursor });
}

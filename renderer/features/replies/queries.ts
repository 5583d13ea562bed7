import { queryOptions } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export const repliesKey = (onlyNeedsPerson: boolean) => ['replies', 'list', { onlyNeedsPerson }] as const;

export function fetchReplies(onlyNeedsPerson: boolean, cursor: string | null): Promise<Output<'replies.list'>> {
  return call('replies.list', { onlyNeedsPerson, cursor });
}

export const replyCustomerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id] as const,
    queryFn: () => call('customers.get', { id }),
  });

export const replySearchQuery = (text: string) =>
  queryOptions({
    queryKey: ['customers', 'search', text] as const,
    queryFn: () => call('customers.search', { text }),
  });

import { queryOptions } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export const conversationsKey = (onlyNeedsPerson: boolean) => ['replies', 'list', { onlyNeedsPerson }] as const;

export function fetchConversations(
  onlyNeedsPerson: boolean,
  cursor: string | null,
): Promise<Output<'replies.listConversations'>> {
  return call('replies.listConversations', { onlyNeedsPerson, cursor });
}

/** Named by any of its replies. */
export const conversationKey = (replyId: string) => ['replies', 'conversation', replyId] as const;

export function fetchConversation(replyId: string, cursor: string | null): Promise<Output<'replies.getConversation'>> {
  return call('replies.getConversation', { replyId, cursor });
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

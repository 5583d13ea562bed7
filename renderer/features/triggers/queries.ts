import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type TriggerView = Output<'triggers.list'>[number];
export type TestInput = Input<'triggers.previewTest'>;

export const triggersQuery = queryOptions({
  queryKey: ['triggers'] as const,
  queryFn: () => call('triggers.list', {}),
});

export const testPreviewQuery = (input: TestInput) =>
  queryOptions({
    queryKey: ['triggers', 'preview', input] as const,
    queryFn: () => call('triggers.previewTest', input),
    // The old preview stays until the new one is there, so that typing does not make it blink.
    placeholderData: keepPreviousData,
  });

export const subscriptionSearchQuery = (text: string) =>
  queryOptions({
    queryKey: ['customers', 'search', text] as const,
    queryFn: () => call('customers.search', { text }),
    placeholderData: keepPreviousData,
  });

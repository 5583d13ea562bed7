import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type TriggerView = Output<'triggers.list'>[number];
export type TemplateView = Output<'templates.get'>;
export type PersonView = Output<'templates.person'>;
export type TestInput = Input<'triggers.previewTest'>;

export const triggersQuery = queryOptions({
  queryKey: ['triggers'] as const,
  queryFn: () => call('triggers.list', {}),
});

export const templateQuery = (trigger: TriggerName) =>
  queryOptions({
    queryKey: ['templates', trigger] as const,
    queryFn: () => call('templates.get', { trigger }),
  });

/** Those whose texts may be the shortest or the longest of all customers. */
export const peopleQuery = (trigger: TriggerName) =>
  queryOptions({
    queryKey: ['templates', 'people', trigger] as const,
    queryFn: () => call('templates.people', { trigger }),
  });

export const personQuery = (trigger: TriggerName, subscriptionId: string) =>
  queryOptions({
    queryKey: ['templates', 'person', trigger, subscriptionId] as const,
    queryFn: () => call('templates.person', { trigger, subscriptionId }),
    placeholderData: keepPreviousData,
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

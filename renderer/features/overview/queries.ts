import { queryOptions } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type Overview = Output<'overview.get'>;
export type TriggerView = Output<'triggers.list'>[number];

export const overviewQuery = queryOptions({
  queryKey: ['overview'] as const,
  queryFn: () => call('overview.get', {}),
});

export const setUpQuery = queryOptions({
  queryKey: ['triggers'] as const,
  queryFn: () => call('triggers.list', {}),
});

export const missedKey = ['overview', 'missed'] as const;

export function fetchMissed(cursor: string | null): Promise<Output<'overview.missed'>> {
  return call('overview.missed', { cursor });
}

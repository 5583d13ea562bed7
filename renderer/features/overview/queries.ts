import { queryOptions } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type Overview = Output<'overview.get'>;

export const overviewQuery = queryOptions({
  queryKey: ['overview'] as const,
  queryFn: () => call('overview.get', {}),
});

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type Practice = Output<'practice.get'>;

export const practiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['practice', search] as const,
    queryFn: () => call('practice.get', { search }),
    placeholderData: keepPreviousData,
  });

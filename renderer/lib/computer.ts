import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

/** What belongs to this computer: the host, its folders, how it keeps keys. */
export const computerQuery = queryOptions({
  queryKey: ['computer'] as const,
  queryFn: () => call('computer.get', {}),
});

import { queryOptions } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../lib/call.ts';

export type Setup = Output<'setup.get'>;

export const setupQuery = queryOptions({ queryKey: ['setup'] as const, queryFn: () => call('setup.get', {}) });

export const overviewQuery = queryOptions({ queryKey: ['overview'] as const, queryFn: () => call('overview.get', {}) });

/** The practice shop has settings of its own, and no first run. */
export const settingsQuery = queryOptions({
  queryKey: ['settings', { isPractice: false }] as const,
  queryFn: () => call('settings.get', {}),
});

import { queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Output } from '../../shared/ipc/contract.ts';
import { call } from './call.ts';
import { formatInstant, type InstantShape } from './format.ts';

export type Status = Output<'status.get'>;

const HEARTBEAT_MS = 15_000;

export const statusQuery = queryOptions({
  queryKey: ['status'] as const,
  queryFn: () => call('status.get', {}),
  // Events announce changes; the heartbeat notices that nobody announces anything any more.
  refetchInterval: HEARTBEAT_MS,
});

/** Given by the shell, which shows no screen before it knows the shop. */
export const StatusContext = createContext<Status | null>(null);

export function useStatus(): Status {
  const status = useContext(StatusContext);
  if (status === null) throw new Error('A screen was shown before the status was known');
  return status;
}

/** Instants in the shop's zone. */
export function useShopTime(): (at: number, shape?: InstantShape) => string {
  const { timeZone } = useStatus();
  return (at, shape) => formatInstant(at, timeZone, shape);
}

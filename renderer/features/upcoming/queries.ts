import { keepPreviousData, queryOptions, type QueryKey } from '@tanstack/react-query';
import type { ForecastOutcome } from '../../../shared/domain/forecast.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { TriedSettings } from '../../../shared/ipc/upcoming-contract.ts';
import { call } from '../../lib/call.ts';

export type ForecastDays = Output<'upcoming.days'>;

export type UpcomingFilter = Readonly<{
  /** Null for everything that is still to come: what goes and what does not. */
  outcome: ForecastOutcome | null;
  text: string;
  /** Only notices that are due on that day. */
  noticeDate: string | null;
  tried: TriedSettings | null;
}>;

export const upcomingKey = (filter: UpcomingFilter): QueryKey => ['upcoming', 'list', filter];

const toCome: ForecastOutcome[] = ['goes', 'will_not'];

export function fetchUpcoming(
  { outcome, ...filter }: UpcomingFilter,
  cursor: string | null,
): Promise<Output<'upcoming.list'>> {
  return call('upcoming.list', { ...filter, outcomes: outcome === null ? toCome : [outcome], cursor });
}

export const forecastDaysQuery = (tried: TriedSettings | null) =>
  queryOptions({
    queryKey: ['upcoming', 'days', tried] as const,
    queryFn: () => call('upcoming.days', { tried }),
    // The numbers stay while others are tried, so that typing does not make them blink.
    placeholderData: keepPreviousData,
  });

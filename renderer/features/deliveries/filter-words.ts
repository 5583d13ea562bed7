import type { AnswerClass, DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { deliveryStateLooks } from '../../components/delivery-state-badge.tsx';
import { formatDate, formatLocalTime } from '../../lib/format.ts';

export const answerWords: Readonly<Record<AnswerClass, string>> = {
  '2xx': '2xx: yes',
  '3xx': '3xx: sent elsewhere',
  '4xx': '4xx: no',
  '5xx': '5xx: trouble at Postscript',
  none: 'No answer',
};

export type FilterPart = Readonly<{ label: string; without: Partial<DeliveryFilter> }>;

/** What is filtered by, in words, each with the change that takes it away. */
export function describeFilter(filter: DeliveryFilter): FilterPart[] {
  const { state, trigger, answer, isTest, from, to, customerId, orderDate, search } = filter;
  const parts: FilterPart[] = [];
  if (search !== '') parts.push({ label: `Search: ${search.slice(0, 60)}`, without: { search: '' } });
  if (state !== null) parts.push({ label: `State: ${deliveryStateLooks[state].label}`, without: { state: null } });
  if (trigger !== null) parts.push({ label: `Trigger: ${triggers[trigger].title}`, without: { trigger: null } });
  if (from !== null || to !== null)
    parts.push({ label: `Decided: ${describePeriod(from, to)}`, without: { from: null, to: null } });
  if (orderDate !== null)
    parts.push({ label: `Order: ${formatDate(orderDate, 'short')}`, without: { orderDate: null } });
  if (answer !== null) parts.push({ label: `Answer: ${answerWords[answer]}`, without: { answer: null } });
  if (isTest !== null) parts.push({ label: isTest ? 'Tests only' : 'Real ones only', without: { isTest: null } });
  if (customerId !== null) parts.push({ label: 'One customer', without: { customerId: null } });
  return parts;
}

/** A local date or hour as it is shown: "Mar 14", "Mar 14, 9:00 AM". */
export function describeMoment(period: string): string {
  const [date = period, hour] = period.split('T');
  return hour === undefined ? formatDate(date, 'short') : `${formatDate(date, 'short')}, ${formatLocalTime(hour)}`;
}

function describePeriod(from: string | null, to: string | null): string {
  if (from === null) return `up to ${describeMoment(to ?? '')}`;
  if (to === null) return `from ${describeMoment(from)}`;
  return from === to ? describeMoment(from) : `${describeMoment(from)} to ${describeMoment(to)}`;
}

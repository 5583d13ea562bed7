import type { DeliveryState } from './deliveries.ts';
import type { TriggerName } from './triggers.ts';

/** What Postscript answered to a delivery's newest attempt; `none` when no answer came. */
export const answerClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const;
export type AnswerClass = (typeof answerClasses)[number];

export function answerClassOf(httpStatus: number | null): AnswerClass {
  if (httpStatus === null) return 'none';
  if (httpStatus >= 500) return '5xx';
  if (httpStatus >= 400) return '4xx';
  return httpStatus >= 300 ? '3xx' : '2xx';
}

/** Which deliveries the log shows; null and '' leave that side open. */
export type DeliveryFilter = Readonly<{
  state: DeliveryState | null;
  trigger: TriggerName | null;
  answer: AnswerClass | null;
  isTest: boolean | null;
  /** First local date of the period in which it was decided, or one hour of a date: `2027-03-14T09:00`. */
  from: string | null;
  /** Last local date or hour of the period, itself included. */
  to: string | null;
  customerId: string | null;
  orderDate: string | null;
  search: string;
}>;

export const everyDelivery: DeliveryFilter = {
  state: null,
  trigger: null,
  answer: null,
  isTest: null,
  from: null,
  to: null,
  customerId: null,
  orderDate: null,
  search: '',
};

import type { TriggerName } from '../../shared/domain/triggers.ts';

/**
 * What really happened on the simulators' side. Written by the simulators, read only by the judge of a practice run:
 * the engine under test never sees it. Instants are practice time, epoch ms UTC; dates are local to the shop's zone.
 */

/** One custom event that Postscript took in, whether or not its answer ever reached the sender. */
export type ReceivedEvent = Readonly<{
  /** When it took effect. */
  at: number;
  /** When its request came in, which is what its sender can answer for. */
  arrivedAt: number;
  eventType: string;
  externalId: string | null;
  customerId: string | null;
  subscriptionId: string | null;
  orderDate: string | null;
  properties: Readonly<Record<string, unknown>>;
  /** False when the sender got no clear 2xx for it (fault after the write). */
  wasAnswered: boolean;
  /** True when Postscript dropped it as a repeat of an external_id. */
  wasDropped: boolean;
}>;

/** One skip that the platform applied. */
export type AppliedSkip = Readonly<{
  at: number;
  subscriptionId: string;
  customerId: string;
  orderDate: string;
  newOrderDate: string;
  by: 'API' | 'CUSTOMER' | 'AGENT' | 'SMARTRR';
}>;

/** One skip that the platform took back. */
export type AppliedUnskip = Omit<AppliedSkip, 'newOrderDate'>;

/** One text that a practice customer sent. */
export type SentReply = Readonly<{
  id: string;
  at: number;
  customerId: string | null;
  body: string;
  /** What the customer meant, known because the simulator wrote it. */
  meant: 'skip' | 'opt_out' | 'talk';
  /** The order named by that phone's notice whose request came in last; null when there was none. */
  namedOrder: Readonly<{ subscriptionId: string; orderDate: string }> | null;
}>;

/** A fact that a trigger other than Upcoming Order announces. */
export type TriggerFact = Readonly<{
  trigger: Exclude<TriggerName, 'upcoming_order' | 'skipped_order'>;
  at: number;
  customerId: string;
  subscriptionId: string;
  billId: string | null;
  retryCount: number | null;
  paymentMethodId: string | null;
  /** The platform's timestamp that the delivery key uses (card update, cancellation). */
  stamp: string | null;
}>;

/** One stretch of time during which a subscription was active with that next order. */
export type OrderSpan = Readonly<{
  subscriptionId: string;
  customerId: string;
  orderDate: string;
  from: number;
  /** Null while it is still so. */
  until: number | null;
  ended: 'billed' | 'skipped' | 'moved' | 'paused' | 'cancelled' | null;
}>;

export type PracticeLedger = Readonly<{
  events: readonly ReceivedEvent[];
  skips: readonly AppliedSkip[];
  unskips: readonly AppliedUnskip[];
  replies: readonly SentReply[];
  facts: readonly TriggerFact[];
  orders: readonly OrderSpan[];
  /** How many times each fault was injected. */
  faults: Readonly<Record<string, number>>;
}>;

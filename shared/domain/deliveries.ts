import type { DecisionReason } from './decisions.ts';
import type { EventProperties } from './remote.ts';
import type { TriggerName } from './triggers.ts';

/** States of a delivery (design 3.4). `accepted` means Postscript answered 2xx, never more. */
export const deliveryStates = [
  /** Written; its time has not come. */
  'planned',
  /** Its time has come; the send window, the sending switch, the storm guard or a connection holds it. */
  'waiting',
  /** Claimed; a request may be under way. */
  'sending',
  'accepted',
  /** Surely did not arrive; will be tried again by itself. */
  'retrying',
  /** Postscript said no. */
  'failed',
  /** Postscript may or may not have it; only a person may decide to send it again. */
  'unknown',
  /** Decided not to send. The decision says why. */
  'suppressed',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Rows that the sender still has to look at. */
export const openDeliveryStates = ['planned', 'waiting', 'retrying'] as const satisfies readonly DeliveryState[];

/** Why an open delivery has not left yet. */
export const waitReasons = [
  /** Its time has not come. */
  'time',
  /** The send window is closed. */
  'window',
  /** It surely did not arrive and is tried again by itself. */
  'retry',
  /** The whole line is held. */
  'hold',
  /** Postscript asked the whole line to wait. */
  'pause',
  'sending_off',
  'not_connected',
  /** It is due; others are before it. */
  'turn',
] as const;
export type WaitReason = (typeof waitReasons)[number];

export const attemptOrigins = ['scheduled', 'manual', 'test'] as const;
export type AttemptOrigin = (typeof attemptOrigins)[number];

/** `in_flight` is written before the first byte leaves; a crash leaves it behind as the evidence. */
export const attemptOutcomes = [
  'in_flight',
  'accepted',
  'already_there',
  'rate_limited',
  'not_sent',
  'rejected',
  'key_refused',
  'plan_refused',
  'unknown',
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** A delivery that some fact calls for, before the settings had their say. */
export type DeliveryDraft = Readonly<{
  key: string;
  trigger: TriggerName;
  customerId: string;
  subscriptionId: string | null;
  orderDate: string | null;
  orderAt: number | null;
  billId: string | null;
  properties: EventProperties;
  occurredAt: number;
  /** From when on the fact was there to be seen, where that is not `occurredAt`. */
  couldBeKnownAt?: number;
  dueAt: number;
  deadlineAt: number;
  isUrgent: boolean;
}>;

/** A delivery as it is written; a test may be about no customer. */
export type NewDelivery = Omit<DeliveryDraft, 'customerId' | 'couldBeKnownAt'> &
  Readonly<{ customerId: string | null; phone: string | null; email: string | null }>;

/** A delivery as this computer keeps it. */
export type Delivery = Readonly<{
  id: number;
  key: string;
  trigger: TriggerName;
  state: DeliveryState;
  isTest: boolean;
  isUrgent: boolean;
  customerId: string | null;
  subscriptionId: string | null;
  orderDate: string | null;
  orderAt: number | null;
  billId: string | null;
  phone: string | null;
  email: string | null;
  properties: EventProperties;
  occurredAt: number;
  dueAt: number;
  deadlineAt: number;
  attempts: number;
  /** Of the newest decision about it. */
  reason: DecisionReason;
  createdAt: number;
  finishedAt: number | null;
}>;

/** Takes a delivery for one request; `request` is what will be sent, for the attempt's record. */
export type DeliveryClaim = Readonly<{
  id: number;
  now: number;
  phone: string | null;
  email: string | null;
  origin: AttemptOrigin;
  request: string;
}>;

/** What came of one request. */
export type DeliveryFinish = Readonly<{
  id: number;
  attemptNumber: number;
  state: DeliveryState;
  reason: DecisionReason;
  outcome: AttemptOutcome;
  now: number;
  dueAt: number | null;
  httpStatus: number | null;
  message: string | null;
  response: string | null;
}>;

/**
 * What an order has had of notices so far. `mayHaveLeft`: something of it may have reached Postscript; `mayHaveArrived`:
 * and it was not refused there, but had no clear answer, whatever has become of it since.
 */
export type EarlierNotice = Delivery & Readonly<{ mayHaveLeft: boolean; mayHaveArrived: boolean }>;

/**
 * Ids of the deliveries whose requests are under way, each with its customer's. One customer's texts leave one after the other:
 * Postscript may be done with two requests in either order, and SKIP answers the newest notice.
 */
export type DeliveriesUnderWay = ReadonlyMap<number, string | null>;

/** A notice that a customer has, or may have, on the phone. */
export type OpenNotice = Readonly<{
  deliveryId: number;
  customerId: string;
  subscriptionId: string;
  orderDate: string;
  orderAt: number;
  /** From when on it may have been on the phone. */
  earliestAt: number;
  /** When its last request left, or that of the file which was replaced at the latest. */
  leftAt: number;
  /** Nobody knows whether its last request arrived. */
  isInDoubt: boolean;
}>;

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

/** States of a skip: the intent first, the proof last (subscription-platforms.md 1.8; docs/decisions/0010). */
export const skipStates = ['planned', 'sent', 'verified', 'found', 'dropped', 'refused', 'unclear'] as const;
export type SkipState = (typeof skipStates)[number];

/** The first request and the one repeat with the same date that the procedure allows; then it is read only. */
export const mostSkipRequests = 2;

/** The intent to skip one order, and how far it has come. */
export type Skip = Readonly<{
  id: number;
  subscriptionId: string;
  customerId: string;
  orderDate: string;
  origin: 'reply' | 'person';
  replyId: string;
  state: SkipState;
  /** Requests that may have reached the platform. */
  puts: number;
  nextAt: number;
  createdAt: number;
}>;

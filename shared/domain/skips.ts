/**
 * States of a skip: the intent first, the proof last (subscription-platforms.md 1.8; docs/decisions/0010). One that is
 * `verified` can be taken back, with the same steps (docs/decisions/0015).
 */
export const skipStates = [
  'planned',
  'sent',
  'verified',
  'found',
  'dropped',
  'refused',
  'unclear',
  'undo_planned',
  'undo_sent',
  'undone',
  'undo_unclear',
] as const;
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
  /** Requests that may have reached the platform: to skip, or once it is to be taken back, to unskip. */
  puts: number;
  nextAt: number;
  /** The order to the letter, as the skip was asked for; null before, and on rows that are older than this field. */
  orderIso: string | null;
  newOrderDate: string | null;
  createdAt: number;
  finishedAt: number | null;
  /** When the last such request left; null before the first, and on rows that are older than this field. */
  askedAt: number | null;
  undoAskedAt: number | null;
  /** The entry of the platform's log that is being taken back; null until it was looked for. */
  undoOf: string | null;
}>;

/** What an intent begins with. */
export type NewSkip = Pick<Skip, 'subscriptionId' | 'customerId' | 'orderDate' | 'origin' | 'replyId' | 'nextAt'>;

import type { DecisionReason } from './decisions.ts';

/** One incoming text as the inbox hands it out. Everything in it is data from a stranger. */
export type IncomingReply = Readonly<{
  /** Postscript's id of the message (`im_…`); deliveries of a webhook repeat it. */
  id: string;
  subscriberId: string | null;
  /** Shopify's customer number, as text. */
  shopifyCustomerId: string | null;
  fromNumber: string;
  body: string;
  isOptOut: boolean;
  receivedAt: number;
}>;

export type RepliesPage = Readonly<{
  replies: readonly IncomingReply[];
  /** Opaque; hand it back as `after`. Equal to the one asked with when nothing is new. */
  nextCursor: string;
}>;

/** The ids of texts that the console itself posts to the inbox to prove the way begin so; Postscript's begin with `im_`. */
export const testReplyPrefix = 'heads-up-test:';

/** A test's own text is from nobody: it is neither kept, nor counted, nor decided. */
export function isTestReply({ id }: Pick<IncomingReply, 'id'>): boolean {
  return id.startsWith(testReplyPrefix);
}

/** Our own secret travels in this header: the console registers it with the webhook, the inbox checks it. */
export const webhookSecretHeader = 'X-Heads-Up-Secret';

/** A reply as this computer keeps it. */
export type Reply = Readonly<{
  id: string;
  receivedAt: number;
  phone: string | null;
  shopifyCustomerId: string | null;
  body: string;
  isOptOut: boolean;
}>;

/** What a reply came to. */
export type ReplyOutcome = Readonly<{
  reason: DecisionReason;
  customerId: string | null;
  subscriptionId: string | null;
  orderDate: string | null;
  newOrderDate?: string | null;
  detail?: string | null;
  needsPerson: boolean;
}>;

import type { TriggerName } from './triggers.ts';

/**
 * Every decision's reason, from one closed list, each with a sentence that a merchant understands.
 *
 * `outcome` groups them for the screens: what was sent, what waits, what was not sent, what a reply did,
 * and what needs a person.
 */
export const decisionOutcomes = ['sent', 'waiting', 'not_sent', 'done', 'needs_person'] as const;
export type DecisionOutcome = (typeof decisionOutcomes)[number];

type Reason = Readonly<{ outcome: DecisionOutcome; sentence: string }>;

export const decisionReasons = {
  queued: { outcome: 'waiting', sentence: 'Queued for Postscript.' },
  accepted: { outcome: 'sent', sentence: 'Postscript accepted the trigger.' },
  already_accepted: { outcome: 'sent', sentence: 'Postscript answered that it already has this trigger.' },
  marked_accepted: { outcome: 'sent', sentence: 'A person checked with Postscript and marked it as accepted.' },
  resent_by_person: { outcome: 'waiting', sentence: 'A person asked for it to be sent again.' },
  bulk_resend_started: { outcome: 'waiting', sentence: 'A person asked for many deliveries to be sent again.' },
  bulk_resend_done: { outcome: 'done', sentence: 'The bulk resend is finished.' },
  bulk_resend_cancelled: { outcome: 'done', sentence: 'A person stopped the bulk resend.' },
  test_sent: { outcome: 'sent', sentence: 'A test trigger, sent by hand.' },

  rejected: {
    outcome: 'needs_person',
    sentence: 'Postscript refused the trigger. The fields it named are in the attempt.',
  },
  unknown_outcome: {
    outcome: 'needs_person',
    sentence: 'The request left, but no clear answer came. Check in Postscript before sending it again.',
  },
  restored_in_line: {
    outcome: 'needs_person',
    sentence:
      'It was in line when a backup was made that has been restored since, so it may have been handed over already. Check in Postscript before sending it again.',
  },

  baseline: { outcome: 'not_sent', sentence: 'It happened before Heads Up was connected, so it is not announced.' },
  migrated: {
    outcome: 'not_sent',
    sentence: 'The subscription was moved from another platform, so it is not announced as new.',
  },
  restored: {
    outcome: 'not_sent',
    sentence: 'It happened before a backup was restored, so it may have been handed over already.',
  },
  erased: { outcome: 'not_sent', sentence: 'The customer was erased here, so nothing more is sent to them.' },
  sending_off: { outcome: 'not_sent', sentence: 'Sending was switched off.' },
  trigger_off: { outcome: 'not_sent', sentence: 'This trigger was switched off.' },
  no_recipient: {
    outcome: 'not_sent',
    sentence: 'The customer has no phone number or e-mail that Postscript could match.',
  },
  too_late: { outcome: 'not_sent', sentence: 'Too little time was left before the order is charged.' },
  outdated: { outcome: 'not_sent', sentence: 'It could not be handed over in time and has lost its point.' },
  already_noticed: { outcome: 'not_sent', sentence: 'The customer already has a notice for this order.' },
  superseded: {
    outcome: 'not_sent',
    sentence: 'A newer payment attempt failed in the meantime; only the newest is announced.',
  },

  order_moved: { outcome: 'not_sent', sentence: 'The order was moved to another date.' },
  order_skipped: { outcome: 'not_sent', sentence: 'The order was skipped.' },
  order_billed: { outcome: 'not_sent', sentence: 'The order was charged before the notice could go out.' },
  subscription_paused: { outcome: 'not_sent', sentence: 'The subscription was paused.' },
  subscription_cancelled: { outcome: 'not_sent', sentence: 'The subscription was cancelled.' },
  subscription_ended: { outcome: 'not_sent', sentence: 'The subscription has ended.' },
  payment_recovered: {
    outcome: 'not_sent',
    sentence: 'The payment went through in the meantime, or its charge was called off.',
  },
  still_subscribed: { outcome: 'not_sent', sentence: 'The customer still has, or again has, a live subscription.' },
  not_noticed: {
    outcome: 'not_sent',
    sentence: 'The order was skipped without a notice for it, so the skip is not announced.',
  },
  skipped_by_shop: { outcome: 'not_sent', sentence: 'The order was skipped by the shop, not by the customer.' },
  already_confirmed: {
    outcome: 'not_sent',
    sentence: 'The customer already has a confirmation for this order, so no second one goes out.',
  },
  earlier_order_back: {
    outcome: 'not_sent',
    sentence: 'An earlier order is on again, so this one is not the next any more.',
  },
  skip_undone: { outcome: 'not_sent', sentence: 'The skip was taken back before it was announced.' },

  skipped: { outcome: 'done', sentence: 'The order was skipped and the platform confirmed it.' },
  already_skipped: { outcome: 'done', sentence: 'This order was already skipped; nothing more was skipped.' },
  past_cutoff: { outcome: 'done', sentence: 'The order is already being charged; it can no longer be skipped.' },
  order_changed: {
    outcome: 'needs_person',
    sentence: 'The order named by the notice has moved or ended; nothing was skipped.',
  },
  skip_started: { outcome: 'waiting', sentence: 'Skipping the order on the platform.' },
  skip_refused: { outcome: 'needs_person', sentence: 'The platform refused to skip the order.' },
  skip_unclear: {
    outcome: 'needs_person',
    sentence: 'The platform did not say whether the order was skipped, and reading back did not settle it.',
  },
  several_subscriptions: {
    outcome: 'needs_person',
    sentence: 'The customer has several subscriptions and no open notice, so it is not clear which order to skip.',
  },
  several_notices: {
    outcome: 'needs_person',
    sentence:
      'It is not certain which of several notices came last on the phone, so it is not clear which order to skip.',
  },
  no_active_subscription: { outcome: 'needs_person', sentence: 'The customer has no active subscription to skip.' },
  reply_too_old: {
    outcome: 'needs_person',
    sentence: 'The reply came too long ago to act on it without a person.',
  },
  restored_reply: {
    outcome: 'needs_person',
    sentence:
      'It came before a backup was restored and may have been acted on already. Look at the subscription first.',
  },
  unknown_number: { outcome: 'needs_person', sentence: 'No customer has this phone number.' },
  not_understood: { outcome: 'needs_person', sentence: 'The reply is not a keyword, so a person should read it.' },
  opt_out: { outcome: 'done', sentence: 'An opt-out. Postscript handles it; nothing was skipped.' },
  ignored_by_person: { outcome: 'done', sentence: 'A person read the reply and closed it.' },
  reopened_by_person: { outcome: 'needs_person', sentence: 'A person opened the reply again, so it waits to be read.' },
  skip_asked_by_person: { outcome: 'waiting', sentence: 'A person asked for this order to be skipped.' },

  undo_asked: { outcome: 'waiting', sentence: 'A person asked for the skip to be taken back.' },
  undone: {
    outcome: 'done',
    sentence: 'The skip was taken back, and the platform confirmed that the order is on again.',
  },
  undo_found: {
    outcome: 'done',
    sentence: 'The skip had been taken back on the platform already; the order is on again.',
  },
  undo_too_late: { outcome: 'done', sentence: 'It was too late to take the skip back; the order stays skipped.' },
  undo_overtaken: {
    outcome: 'done',
    sentence: 'The order was asked to be skipped again before the skip was taken back; it stays skipped.',
  },
  undo_ended: {
    outcome: 'done',
    sentence: 'The subscription is not active any more, so there was no skip to take back.',
  },
  undo_refused: {
    outcome: 'needs_person',
    sentence: 'The platform refused to take the skip back; the order stays skipped.',
  },
  undo_unclear: {
    outcome: 'needs_person',
    sentence: 'The platform did not say whether the skip was taken back, and reading back did not settle it.',
  },
  undo_under_way: {
    outcome: 'needs_person',
    sentence: 'The customer asked to skip this order while its skip was being taken back.',
  },
} as const satisfies Record<string, Reason>;

export type DecisionReason = keyof typeof decisionReasons;

/** In the list's own order; the closed list for schemas and CHECK constraints. */
export const decisionReasonNames = Object.keys(decisionReasons) as readonly DecisionReason[];

/** One line of the decision log, before it is written. */
export type DecisionDraft = Readonly<{
  reason: DecisionReason;
  /** One row per fact, however often a job looks at it; null when it may repeat. */
  fact: string | null;
  trigger?: TriggerName | null;
  customerId?: string | null;
  subscriptionId?: string | null;
  orderDate?: string | null;
  deliveryId?: number | null;
  replyId?: string | null;
  detail?: string | null;
}>;

import { formatOrderDate } from './calendar.ts';
import { decisionReasons, type DecisionOutcome, type DecisionReason } from './decisions.ts';
import type { TriggerName } from './triggers.ts';

/** When the notice of a subscription's next order goes out, or why it does not. */
export type NoticeOutlook = Readonly<{
  /** Epoch ms, UTC; null when it does not go out, or has. */
  goesAt: number | null;
  reason: DecisionReason | null;
  deliveryId: number | null;
}>;

export type OrderDecision = Readonly<{
  at: number;
  reason: DecisionReason;
  trigger: TriggerName | null;
  subscriptionId: string | null;
  orderDate: string | null;
  deliveryId: number | null;
  replyId: string | null;
}>;

export type OrderAnswer = Readonly<{
  outcome: DecisionOutcome;
  /** One sentence: what happened, or why nothing did. */
  sentence: string;
  /** What to do about it; null when there is nothing to do. */
  nextStep: string | null;
  /** Of the newest decision about the order; null while there is none. */
  at: number | null;
  deliveryId: number | null;
  replyId: string | null;
}>;

/**
 * Which order of a subscription people ask about: the next one once something was decided about it, else the one that
 * something was decided about last, else the next one. `decisions` are newest first; those about a payment, or about a new
 * subscription, are about no order's notice.
 */
export function findOrderInQuestion(
  subscriptionId: string,
  nextOrderDate: string | null,
  decisions: readonly OrderDecision[],
): string | null {
  const ofSubscription = decisions.filter(
    ({ trigger, ...one }) =>
      one.subscriptionId === subscriptionId &&
      one.orderDate !== null &&
      // Its notice is still to come.
      one.reason !== 'earlier_order_back' &&
      (trigger === null || trigger === 'upcoming_order' || trigger === 'skipped_order'),
  );
  const isNextDecided = ofSubscription.some(({ orderDate }) => orderDate === nextOrderDate);
  return isNextDecided ? nextOrderDate : (ofSubscription[0]?.orderDate ?? nextOrderDate);
}

/**
 * "Why did she not get it?" in one sentence. Pure.
 *
 * @param decisions about this order alone, newest first
 * @param outlook of its notice while it is the next order; null for one that has passed
 */
export function explainOrder(
  orderDate: string,
  decisions: readonly OrderDecision[],
  outlook: NoticeOutlook | null,
): OrderAnswer {
  const notice = decisions.find(
    // Once the order is the next one again, only its outlook tells.
    ({ trigger, reason }) => trigger === 'upcoming_order' && !(outlook !== null && reason === 'earlier_order_back'),
  );
  const action = decisions.find(({ trigger }) => trigger === null);
  const confirmation = decisions.find(({ trigger }) => trigger === 'skipped_order');
  const parts = [
    notice === undefined ? tellOutlook(outlook) : tellDelivery('notice', notice.reason),
    ...(action === undefined ? [] : [lowerFirst(sentenceOf(action.reason))]),
    ...(confirmation === undefined ? [] : [tellDelivery('confirmation', confirmation.reason)]),
  ];
  // What a person has to settle counts first, then what came last.
  const told = [confirmation, action, notice].filter((one) => one !== undefined);
  const telling = told.find(({ reason }) => outcomeOf(reason) === 'needs_person') ?? told[0];
  const reason = telling?.reason ?? outlook?.reason ?? null;
  return {
    outcome: reason === null ? 'waiting' : outcomeOf(reason),
    sentence: `For the order of ${formatOrderDate(orderDate)}, ${parts.join('; ')}.`,
    nextStep: reason === null ? null : (nextSteps[reason] ?? null),
    at: decisions[0]?.at ?? null,
    deliveryId: (telling ?? notice)?.deliveryId ?? notice?.deliveryId ?? outlook?.deliveryId ?? null,
    replyId: action?.replyId ?? null,
  };
}

function tellOutlook(outlook: NoticeOutlook | null): string {
  if (outlook === null) return 'nothing was decided about a notice';
  if (outlook.goesAt !== null) return 'the notice is not due yet';
  if (outlook.reason === null) return 'nothing has been decided about the notice yet';
  return outcomeOf(outlook.reason) === 'not_sent'
    ? `no notice goes out as things are: ${lowerFirst(sentenceOf(outlook.reason))}`
    : tellDelivery('notice', outlook.reason);
}

/** Never that somebody was texted: Postscript matches and texts after its answer. */
function tellDelivery(what: 'notice' | 'confirmation', reason: DecisionReason): string {
  switch (outcomeOf(reason)) {
    case 'sent':
      return `the ${what} was handed to Postscript, which has accepted it`;
    case 'waiting':
      return `the ${what} is in line for Postscript`;
    case 'not_sent':
      return `no ${what} was handed to Postscript: ${lowerFirst(sentenceOf(reason))}`;
    case 'needs_person':
    case 'done':
      return `the ${what} needs a look: ${lowerFirst(sentenceOf(reason))}`;
  }
}

/** Where there is something to do, or somewhere else to look. */
const nextSteps: Partial<Record<DecisionReason, string>> = {
  accepted: 'If no text came, ask Postscript below whether it may text this customer.',
  already_accepted: 'If no text came, ask Postscript below whether it may text this customer.',
  marked_accepted: 'If no text came, ask Postscript below whether it may text this customer.',
  queued: 'It leaves when the send window is open and nothing holds the line.',
  rejected: 'Look at the fields that Postscript named, then send the delivery again.',
  unknown_outcome: 'Look in Postscript, then mark the delivery as accepted or send it again.',
  sending_off: 'Switch sending on, on the Overview.',
  trigger_off: 'Switch the trigger on, on the Triggers screen.',
  no_recipient: 'Add a phone number to the customer in Smartrr.',
  too_late: 'More lead days or a shorter minimum notice, in Settings, leave more time.',
  order_changed: 'Look at the subscription, then skip the order meant or close the reply.',
  skip_refused: 'Look at the subscription in Smartrr, then skip an order or close the reply.',
  skip_unclear: 'Look at the subscription in Smartrr: is the order skipped?',
  undo_refused: 'Look at the subscription in Smartrr: until the order is charged it can be changed there.',
  undo_unclear: 'Look at the subscription in Smartrr: is the order on again?',
  undo_under_way: 'Look at the subscription, then skip the order from the reply, or close the reply.',
};

function outcomeOf(reason: DecisionReason): DecisionOutcome {
  return decisionReasons[reason].outcome;
}

function sentenceOf(reason: DecisionReason): string {
  return decisionReasons[reason].sentence.replace(/\.$/, '');
}

/** To go on within a sentence; names keep their capital. */
function lowerFirst(sentence: string): string {
  return /^(Postscript|Heads Up)/.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

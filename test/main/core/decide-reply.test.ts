import type { OpenNotice } from '../../../shared/domain/deliveries.ts';
import { describe, expect, it } from 'vitest';
import { decideReply, type ReplyFacts } from '../../../main/core/decide-reply.ts';
import { day, hour, makeSubscription, minute, noon } from '../../helpers/core-shop.ts';

const orderAt = Date.parse('2027-03-04T14:30:00.000Z');

function notice(change: Partial<OpenNotice> = {}): OpenNotice {
  return {
    deliveryId: 1,
    customerId: 'customer-1',
    subscriptionId: 'subscription-1',
    orderDate: '2027-03-04',
    orderAt,
    earliestAt: noon - hour,
    leftAt: noon - hour,
    isInDoubt: false,
    ...change,
  };
}

/** SKIP from a customer with one active subscription and no notice. */
function facts(change: Partial<ReplyFacts> = {}): ReplyFacts {
  return {
    keyword: 'SKIP',
    receivedAt: change.now ?? noon,
    now: noon,
    baselineAt: noon - 10 * day,
    isBeforeRestore: false,
    customerIds: ['customer-1'],
    notices: [],
    skips: [],
    activeSubscriptions: [makeSubscription()],
    isBilled: () => false,
    billing: { time: '09:30', timeZone: 'America/New_York' },
    ...change,
  };
}

const other = makeSubscription({ id: 'subscription-2' });
/** A notice for another order, and nobody knows whether it arrived. */
const doubtful = notice({ subscriptionId: 'subscription-2', isInDoubt: true });
const order = { subscriptionId: 'subscription-1', customerId: 'customer-1', orderDate: '2027-03-04' };
/** That order, skipped an hour ago. */
const skipped = { ...order, state: 'verified', finishedAt: noon - hour } as const;
const nobody = { subscriptionId: null, orderDate: null };

describe('decideReply', () => {
  it.each<[string, string, Partial<ReplyFacts>]>([
    ['skips the order of the notice', 'skip_started', { notices: [notice()] }],
    [
      'skips it also for a customer with several subscriptions',
      'skip_started',
      {
        notices: [notice()],
        activeSubscriptions: [makeSubscription(), other],
      },
    ],
    ['skips the next order of the only subscription without a notice', 'skip_started', {}],
    ['skips up to the last moment before the billing run', 'skip_started', { notices: [notice()], now: orderAt - 1 }],
    ['is too late from the billing run on', 'past_cutoff', { notices: [notice()], now: orderAt }],
    ['is too late once the order is being charged', 'past_cutoff', { notices: [notice()], isBilled: () => true }],
    ['is too late without a notice as well', 'past_cutoff', { isBilled: () => true }],
    [
      'judges a reply by when it was written, not by when it was read',
      'skip_started',
      { notices: [notice()], receivedAt: noon, now: noon + 30 * hour },
    ],
    [
      'does not take a text for the answer to a notice that went out after it',
      'skip_started',
      { notices: [notice({ orderDate: '2027-04-03', earliestAt: noon + hour, leftAt: noon + hour })] },
    ],
    ['has skipped that order already', 'already_skipped', { notices: [notice()], skips: [skipped] }],
    [
      'skips that order anew after its skip was taken back',
      'skip_started',
      { notices: [notice()], skips: [{ ...skipped, state: 'undone' }] },
    ],
    ['skips it anew without a notice too', 'skip_started', { skips: [{ ...skipped, state: 'undone' }] }],
    [
      'does not skip it anew for a text from before it was taken back',
      'already_skipped',
      { notices: [notice()], skips: [{ ...skipped, state: 'undone' }], receivedAt: noon - hour - 1 },
    ],
    [
      'has it skipped while the undo is only planned',
      'already_skipped',
      { notices: [notice()], skips: [{ ...skipped, state: 'undo_planned' }] },
    ],
    [
      'asks a person while an undo may be taking effect',
      'undo_under_way',
      { notices: [notice()], skips: [{ ...skipped, state: 'undo_sent' }] },
    ],
    ['asks a person then without a notice too', 'undo_under_way', { skips: [{ ...skipped, state: 'undo_sent' }] }],
    [
      'does not take the following order for a second SKIP without a notice',
      'already_skipped',
      {
        skips: [skipped],
        activeSubscriptions: [makeSubscription({ nextOrderIso: '2027-04-03T14:30:00.000Z' })],
      },
    ],
    [
      'skips the order of a newer notice after an older one was skipped',
      'skip_started',
      {
        notices: [notice()],
        skips: [{ ...skipped, orderDate: '2027-02-02' }],
      },
    ],
    [
      'skips the order of the only notice though nobody knows whether it arrived, because it was answered',
      'skip_started',
      { notices: [notice({ isInDoubt: true })] },
    ],
    [
      'skips the order that two notices name, one of which nobody knows to have arrived',
      'skip_started',
      { notices: [notice(), notice({ isInDoubt: true })] },
    ],
    [
      'skips the order of the newest notice when one in doubt left long before it',
      'skip_started',
      { notices: [notice(), { ...doubtful, leftAt: noon - hour - minute - 1 }] },
    ],
  ])('%s', (_, reason, change) => {
    expect(decideReply(facts(change))).toEqual({ ...order, reason });
  });

  it.each<[string, string, Partial<ReplyFacts>]>([
    [
      'asks a person when the newest of several notices may not have arrived',
      'several_notices',
      { notices: [doubtful, notice({ earliestAt: noon - day, leftAt: noon - day })] },
    ],
    [
      'asks a person when a notice in doubt may have arrived after the newest one',
      'several_notices',
      { notices: [notice(), { ...doubtful, leftAt: noon - hour - minute }] },
    ],
    [
      'asks a person when the newest of several notices was sent again after the text',
      'several_notices',
      { notices: [{ ...doubtful, isInDoubt: false, leftAt: noon + hour }, notice()] },
    ],
    [
      'asks a person which of several to skip',
      'several_subscriptions',
      {
        activeSubscriptions: [makeSubscription(), other],
      },
    ],
    ['asks a person when there is nothing to skip', 'no_active_subscription', { activeSubscriptions: [] }],
    [
      'asks a person when the only subscription has no next order',
      'no_active_subscription',
      {
        activeSubscriptions: [makeSubscription({ nextOrderAt: null, nextOrderDate: null })],
      },
    ],
    [
      'asks a person about a text that was read a day after it was written, without a notice',
      'reply_too_old',
      { receivedAt: noon, now: noon + day + 1 },
    ],
    ['does not act on what came before the first sync', 'baseline', { receivedAt: noon - 11 * day }],
    ['asks a person to read what is no keyword', 'not_understood', { keyword: null, notices: [notice()] }],
    ['leaves an opt-out to Postscript', 'opt_out', { keyword: 'OPT_OUT', notices: [notice()] }],
  ])('%s', (_, reason, change) => {
    expect(decideReply(facts(change))).toEqual({ ...nobody, customerId: 'customer-1', reason });
  });

  it.each<[string, string, Partial<ReplyFacts>]>([
    ['knows nobody with that number', 'unknown_number', { customerIds: [] }],
    ['has a stranger’s talk read by a person', 'not_understood', { customerIds: [], keyword: null }],
    ['takes a stranger’s opt-out for one', 'opt_out', { customerIds: [], keyword: 'OPT_OUT' }],
    ['names no customer where two share the phone', 'not_understood', { customerIds: ['a', 'b'], keyword: null }],
  ])('%s', (_, reason, change) => {
    expect(decideReply(facts(change))).toEqual({ ...nobody, customerId: null, reason });
  });

  it('answers the newest notice on a shared phone, whosever it is', () => {
    const newest = notice({ customerId: 'customer-2', subscriptionId: 'subscription-2', orderDate: '2027-03-05' });
    const shared = facts({ customerIds: ['customer-1', 'customer-2'], notices: [newest, notice()] });
    expect(decideReply({ ...shared, now: noon + day })).toEqual({
      reason: 'skip_started',
      customerId: 'customer-2',
      subscriptionId: 'subscription-2',
      orderDate: '2027-03-05',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { decisionReasonNames, decisionReasons, type DecisionReason } from '../../../shared/domain/decisions.ts';
import { explainOrder, findOrderInQuestion, type OrderDecision } from '../../../shared/domain/explain-order.ts';

function decide(reason: DecisionReason, change: Partial<OrderDecision> = {}): OrderDecision {
  return {
    at: 1,
    reason,
    trigger: 'upcoming_order',
    subscriptionId: 's-1',
    orderDate: '2027-03-04',
    deliveryId: 7,
    replyId: null,
    ...change,
  };
}

const skipped = decide('skipped', { at: 5, trigger: null, deliveryId: null, replyId: 'im_1' });
const explain = (decisions: readonly OrderDecision[]) => explainOrder('2027-03-04', decisions, null);

describe('explainOrder', () => {
  it.each(decisionReasonNames)('answers in one sentence for a notice that ended as %s', (reason) => {
    const { outcome, sentence } = explain([decide(reason)]);
    expect(outcome).toBe(decisionReasons[reason].outcome);
    expect(sentence).toMatch(/^For the order of March 4, 2027, [^.]+\S\.( [^.]+\.)*$/);
    // Postscript accepts; nobody here knows what it sends.
    expect(sentence).not.toMatch(/\b(was|were) (sent|delivered|texted)\b/i);
    expect(/no notice was handed to Postscript: /.test(sentence)).toBe(outcome === 'not_sent');
    expect(/handed to Postscript, which has accepted it/.test(sentence)).toBe(outcome === 'sent');
  });

  it.each(decisionReasonNames)('says what a reply or an undo that ended as %s came to', (reason) => {
    const { sentence, replyId } = explain([
      decide(reason, { at: 9, trigger: null, deliveryId: null, replyId: 'im_1' }),
      decide('accepted'),
    ]);
    const [, end = ''] = sentence.split('which has accepted it; ');
    expect(end.toLowerCase()).toContain(decisionReasons[reason].sentence.replace(/\.$/, '').toLowerCase());
    expect(replyId).toBe('im_1');
  });

  it.each(decisionReasonNames)('says why no notice goes out as things are: %s', (reason) => {
    const { outcome, sentence } = explainOrder('2027-03-04', [], { goesAt: null, reason, deliveryId: null });
    expect(outcome).toBe(decisionReasons[reason].outcome);
    expect(sentence).toMatch(/notice/);
  });

  it('tells the whole story of a skip in the order in which it happened', () => {
    const confirmed = decide('accepted', { at: 6, trigger: 'skipped_order', deliveryId: 8 });
    expect(explain([confirmed, skipped, decide('accepted')])).toEqual({
      outcome: 'sent',
      sentence:
        'For the order of March 4, 2027, the notice was handed to Postscript, which has accepted it; the order was skipped and the platform confirmed it; the confirmation was handed to Postscript, which has accepted it.',
      nextStep: 'If no text came, ask Postscript below whether it may text this customer.',
      at: 6,
      deliveryId: 8,
      replyId: 'im_1',
    });
  });

  it('puts what a person has to settle before what came later', () => {
    const { outcome, deliveryId, nextStep } = explain([skipped, decide('unknown_outcome')]);
    expect({ outcome, deliveryId }).toEqual({ outcome: 'needs_person', deliveryId: 7 });
    expect(nextStep).toContain('Look in Postscript');
  });

  it('goes by the outlook of an order that is the next one again', () => {
    const outlook = { goesAt: 99, reason: null, deliveryId: null };
    expect(explainOrder('2027-03-04', [decide('earlier_order_back')], outlook).sentence).toBe(
      'For the order of March 4, 2027, the notice is not due yet.',
    );
  });

  it('says that a notice is not due yet, and that nothing is known', () => {
    expect(explainOrder('2027-03-04', [], { goesAt: 99, reason: null, deliveryId: null })).toMatchObject({
      outcome: 'waiting',
      sentence: 'For the order of March 4, 2027, the notice is not due yet.',
      nextStep: null,
      at: null,
    });
    expect(explain([]).sentence).toBe('For the order of March 4, 2027, nothing was decided about a notice.');
  });
});

describe('findOrderInQuestion', () => {
  const other = decide('accepted', { subscriptionId: 's-2', orderDate: '2027-05-01' });
  it.each<[string, string | null, readonly OrderDecision[], string | null]>([
    ['the next order once something was decided about it', '2027-03-04', [skipped, decide('queued')], '2027-03-04'],
    ['the one decided about last while the next one has nothing', '2027-04-03', [other, skipped], '2027-03-04'],
    ['the next order when nothing was decided at all', '2027-04-03', [other], '2027-04-03'],
    ['the last one of a subscription that has ended', null, [skipped], '2027-03-04'],
    [
      'the next order while only a payment was decided about',
      '2027-04-03',
      [decide('accepted', { trigger: 'payment_method_failed' })],
      '2027-04-03',
    ],
    [
      'the earlier one that is on again',
      '2027-03-04',
      [decide('earlier_order_back', { orderDate: '2027-04-03' }), skipped],
      '2027-03-04',
    ],
    ['none where there is none', null, [other], null],
  ])('is %s', (_, nextOrderDate, decisions, expected) => {
    expect(findOrderInQuestion('s-1', nextOrderDate, decisions)).toBe(expected);
  });
});

import type { DecisionView } from '../../../shared/ipc/schemas.ts';

export type OrderGroup = Readonly<{
  key: string;
  subscriptionId: string | null;
  /** Null for what is about no order: a card, a payment, a question. */
  orderDate: string | null;
  decisions: readonly DecisionView[];
}>;

/** Decisions of one order together, in the order of their newest ones; each group stays newest first. */
export function groupByOrder(decisions: readonly DecisionView[]): readonly OrderGroup[] {
  const groups = new Map<string, DecisionView[]>();
  for (const decision of decisions) {
    // What is about no order stays where it happened: it would be torn out of its time in one group.
    const key =
      decision.orderDate === null
        ? `decision ${decision.id}`
        : `order ${decision.subscriptionId ?? ''} ${decision.orderDate}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [decision]);
    else group.push(decision);
  }
  return [...groups].flatMap(([key, ofOrder]) => {
    const [first] = ofOrder;
    if (first === undefined) return [];
    return [{ key, subscriptionId: first.subscriptionId, orderDate: first.orderDate, decisions: ofOrder }];
  });
}

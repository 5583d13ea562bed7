import type { Bill, BillStatus, Subscription, World } from './world-types.ts';
import { logEvent } from './world-changes.ts';

/** Writes the next state of a bill, with its line in the audit history. */
export function setBill(
  world: World,
  bill: Bill,
  state: Readonly<{ status: BillStatus; retryCount?: number; error?: string | null }>,
): void {
  bill.status = state.status;
  bill.retryCount = state.retryCount ?? bill.retryCount;
  bill.error = state.error ?? null;
  world.bills.touch(bill);
  noteBillState(bill);
}

/** Adds the bill's present state to its history. */
export function noteBillState(bill: Bill): void {
  const { updatedAt: at, status, retryCount, error } = bill;
  bill.history.push({ at, status, retryCount, error });
}

/** Stops the open bill of a subscription, if there is one. */
export function cancelBill(world: World, subscription: Subscription): void {
  const bill = subscription.openBill;
  if (bill === null) return;
  subscription.openBill = null;
  setBill(world, bill, { status: 'canceled' });
}

/** Registers a bill under its subscription and in the list of all bills. */
export function addBill(world: World, bill: Bill): void {
  const { subscription } = bill;
  const bills = world.billsBySubscription.get(subscription);
  if (bills === undefined) world.billsBySubscription.set(subscription, [bill]);
  else bills.push(bill);
  world.bills.add(bill);
  noteBillState(bill);
}

/** Logs a step of billing on the subscription. */
export function logBilling(world: World, bill: Bill, type: string): void {
  logEvent(world, bill.subscription, type, 'SMARTRR', {
    billId: bill.id,
    orderDate: new Date(bill.billingAt).toISOString(),
  });
}

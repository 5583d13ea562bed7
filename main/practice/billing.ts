import type { Bill, Subscription, World } from './world-types.ts';
import { addBill, logBilling, setBill } from './bills.ts';
import { findFreeDay, orderAt, orderDate, runAt, totalCents } from './intervals.ts';
import { createRandom } from './random.ts';
import { cancel } from './subscription-actions.ts';
import { closeOrder, openOrder, tell, touch } from './world-changes.ts';
import { minuteMs } from './zone-time.ts';

/** Told of every failed charge, so that a lively customer can do something about it. */
export type FailedChargeHook = (bill: Bill) => void;

const errors = ['card_declined', 'insufficient_funds', 'expired_card'] as const;

/** A long queue is charged batch after batch: the run only starts at the billing time. */
const batch = { size: 100, stepMs: 20_000 };

const failureRate = 0.06;
const recoveryRate = 0.45;

/** Plans the daily billing run, from the first one after now on. */
export function startBilling(world: World, onFailed: FailedChargeHook): void {
  const { billingZone, clock } = world;
  const today = billingZone.dayOf(clock.now());
  planRun(runAt(world, today) > clock.now() ? today : today + 1);

  function planRun(day: number): void {
    clock.plan(runAt(world, day), () => {
      for (const [index, subscription] of listDue(world, day).entries()) {
        bill(subscription, Math.floor(index / batch.size) * batch.stepMs);
      }
      planRun(day + 1);
    });
  }

  function bill(subscription: Subscription, delay: number): void {
    const created = createBill(world, subscription);
    const date = orderDate(world, subscription);
    closeOrder(world, subscription, 'billed');
    logBilling(world, created, 'CREATE_BILL');
    touch(world, subscription);
    tell(world, subscription.customer, `Order of ${date} goes to billing`);
    clock.plan(clock.now() + 2 * minuteMs + delay, () => charge(world, created, 0, onFailed));
  }
}

/** Takes up a bill that had failed before the practice began: its next retry comes with the next run. */
export function resumeRetries(world: World, bill: Bill, tries: number, onFailed: FailedChargeHook): void {
  planRetry(world, bill, tries, onFailed);
}

/** The next day on which the run finds something to bill; null when nothing is planned. */
export function nextDueDay(world: World): number | null {
  let first: number | null = null;
  for (const day of world.due.keys()) if (first === null || day < first) first = day;
  return first;
}

function listDue(world: World, day: number): Subscription[] {
  const days = [...world.due.keys()].filter((due) => due <= day).sort((one, other) => one - other);
  return days.flatMap((due) => [...(world.due.get(due) ?? [])]);
}

function createBill(world: World, subscription: Subscription): Bill {
  const now = world.clock.now();
  const bill: Bill = {
    id: 500_001 + world.bills.rows.length,
    subscription,
    day: subscription.nextDay,
    billingAt: orderAt(world, subscription),
    amountCents: totalCents(subscription),
    createdAt: now,
    history: [],
    status: 'pending',
    retryCount: world.options.switches.retryBase,
    error: null,
    updatedAt: now,
    version: 0,
  };
  subscription.openBill = bill;
  addBill(world, bill);
  return bill;
}

/** `tries` counts the retries so far: 0 is the first charge. */
function charge(world: World, bill: Bill, tries: number, onFailed: FailedChargeHook): void {
  if (bill.subscription.openBill !== bill) return;
  setBill(world, bill, { status: 'processing', retryCount: world.options.switches.retryBase + tries });
  world.clock.plan(world.clock.now() + 3 * minuteMs, () => {
    if (bill.subscription.openBill !== bill) return;
    if (isCharged(world, bill, tries)) succeed(world, bill);
    else failCharge(world, bill, tries, onFailed);
  });
}

function isCharged(world: World, bill: Bill, tries: number): boolean {
  const { subscription, day } = bill;
  if (subscription.card.health === 'bad') return false;
  // A scenario is about one thing; a charge that fails by chance would hide it.
  if (tries === 0 && subscription.customer.scenario !== null) return true;
  const random = createRandom(world.options.seed, 'charge', subscription.number, day, tries);
  // A card that was changed after the first failure is good.
  if (tries > 0 && subscription.card.updatedAt > bill.createdAt) return true;
  return random.isLucky(tries === 0 ? 1 - failureRate : recoveryRate);
}

function succeed(world: World, bill: Bill): void {
  const { subscription } = bill;
  setBill(world, bill, { status: 'succeeded' });
  logBilling(world, bill, 'SUCCESSFUL_BILLING_ATTEMPT');
  subscription.openBill = null;
  subscription.failedCycles = 0;
  subscription.ordersCount++;
  advance(world, subscription);
}

function failCharge(world: World, bill: Bill, tries: number, onFailed: FailedChargeHook): void {
  const { subscription } = bill;
  const { shop, options, ledger, clock } = world;
  const error = createRandom(options.seed, 'charge-error', subscription.number, bill.day).pick(errors);
  setBill(world, bill, { status: 'failed', error });
  logBilling(world, bill, 'FAILED_BILLING_ATTEMPT');
  ledger.addFact({
    trigger: 'payment_method_failed',
    at: clock.now(),
    customerId: subscription.customer.id,
    subscriptionId: subscription.id,
    billId: String(bill.id),
    retryCount: bill.retryCount,
    paymentMethodId: null,
    stamp: null,
  });
  tell(world, subscription.customer, `Charge failed (${error}, retry count ${bill.retryCount})`);

  if (tries < shop.numBillingRetries) {
    touch(world, subscription);
    planRetry(world, bill, tries + 1, onFailed);
    onFailed(bill);
    return;
  }
  subscription.openBill = null;
  subscription.failedCycles++;
  if (subscription.failedCycles >= shop.numFailedCyclesBeforeCancel) {
    cancel(world, subscription, 'SMARTRR', 'AUTO_CANCELED');
  } else {
    advance(world, subscription);
  }
}

function planRetry(world: World, bill: Bill, tries: number, onFailed: FailedChargeHook): void {
  const day = world.billingZone.dayOf(world.clock.now()) + world.shop.delayBetweenRetries;
  world.clock.plan(
    runAt(world, day),
    () => charge(world, bill, tries, onFailed),
    () => (bill.subscription.openBill === bill ? 'charge_again' : null),
  );
}

function advance(world: World, subscription: Subscription): void {
  let next = findFreeDay(subscription, subscription.nextDay);
  while (runAt(world, next) <= world.clock.now()) next = findFreeDay(subscription, next);
  subscription.nextDay = next;
  openOrder(world, subscription);
  touch(world, subscription);
}

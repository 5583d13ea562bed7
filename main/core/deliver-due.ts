import { nextWindowOpening } from '../../shared/domain/calendar.ts';
import type { AttemptOrigin, Delivery } from '../../shared/domain/deliveries.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { SendOutcome, TriggerChannel, TriggerEvent } from '../../shared/domain/remote.ts';
import { triggers } from '../../shared/domain/triggers.ts';
import { checkDelivery, lookAtDelivery, type CheckDeps } from './check-delivery.ts';
import { decideDelivery, finishAttempt } from './finish-attempt.ts';
import { readUnknownStreak } from './hold.ts';
import { isLineStopped, isLineTryingOut } from './line-pause.ts';
import { guardAgainstStorm } from './storm-guard.ts';
import type { Clock, LineMarks, Log, Store } from './store.ts';

/** What a crash leaves unknown is bounded by this (design 3.4). */
const IN_FLIGHT = 3;
/** Deliveries between two looks for a storm: fewer than a shop may always send. */
const GUARD_EVERY = 25;
const MINUTE_MS = 60_000;
const INTERRUPTED = 'Heads Up stopped while this request was under way, or could not write down its answer.';

export type DeliverDeps = CheckDeps &
  Readonly<{
    store: Store;
    channel: TriggerChannel | undefined;
    clock: Clock;
    /** Waits until the account's rate allows one more request. */
    takeTurn: () => Promise<void>;
    /** Takes a turn that is free, without waiting; false when there is none, or others wait for it. */
    takeFreeTurn: () => boolean;
    random: () => number;
    log: Log;
    /** True while Heads Up closes: what is under way ends, nothing new begins. */
    isClosing?: () => boolean;
  }>;

/**
 * Sends what is due, soonest deadline first, until nothing is.
 *
 * Of each delivery: checked again, claimed (committed before the first byte leaves), sent once, finished with its
 * attempt. Whatever is not surely refused or surely unsent becomes `unknown` and waits for a person.
 */
export async function deliverDue(deps: DeliverDeps): Promise<void> {
  // Nothing of ours is under way yet, so a row that is `sending` is one whose answer could not be written down.
  parkInterrupted(deps.store, deps.clock.now());
  const run: Run = { underWay: new Map(), handled: 0 };
  const loops = Array.from({ length: IN_FLIGHT }, () => sendUntilNothingIsDue(deps, run));
  // Also when one of them fails, the others are waited for: a second run beside them would send more at once.
  const endings = await Promise.allSettled(loops);
  for (const ending of endings) if (ending.status === 'rejected') throw ending.reason;
}

type Run = { readonly underWay: Map<number, string | null>; handled: number };

/** Committed as `sending`: its request leaves next. */
type Claimed = Readonly<{ delivery: Delivery; event: TriggerEvent; attemptNumber: number }>;

/** Rows left in the middle of a request, by a crash for example: Postscript may or may not have them. */
export function parkInterrupted(store: Store, now: number): number {
  const interrupted = store.listSendingDeliveries();
  if (interrupted.length === 0) return 0;
  store.transaction(() => {
    for (const delivery of interrupted) {
      store.finishDelivery({
        id: delivery.id,
        attemptNumber: delivery.attempts,
        state: 'unknown',
        reason: 'unknown_outcome',
        outcome: 'unknown',
        now,
        dueAt: null,
        httpStatus: null,
        message: INTERRUPTED,
        response: null,
      });
      decideDelivery(store, delivery, 'unknown_outcome', now, INTERRUPTED);
    }
  });
  return interrupted.length;
}

async function sendUntilNothingIsDue(deps: DeliverDeps, run: Run): Promise<void> {
  const { channel } = deps;
  if (channel === undefined) return;
  let claimed: Claimed | undefined;
  for (;;) {
    const delivery = claimed?.delivery ?? pickNext(deps, run);
    if (delivery === undefined) return;
    run.underWay.set(delivery.id, delivery.customerId);
    try {
      claimed ??= await claimInTurn(deps, channel, delivery);
      if (claimed === undefined) continue;
      const outcome = await channel.send(claimed.event);
      claimed = endAndClaimNext(deps, run, channel, claimed, outcome);
    } finally {
      run.underWay.delete(delivery.id);
    }
  }
}

/** The delivery whose turn it is; undefined when there is none, or when nothing may begin now. */
function pickNext(deps: DeliverDeps, run: Run): Delivery | undefined {
  const { store, clock } = deps;
  const now = clock.now();
  // A sync may fill the queue while it is being emptied, so the storm is looked for again and again.
  if (run.handled % GUARD_EVERY === 0) guardAgainstStorm(store, now);
  run.handled += 1;
  const line = store.lineMarks();
  if (isHeldUp(deps, line)) return undefined;
  // Each request without a clear answer is one fewer put at risk at the same time, down to a single one.
  const atOnce = isLineTryingOut(line) ? 1 : Math.max(1, IN_FLIGHT - readUnknownStreak(line));
  if (run.underWay.size >= atOnce) return undefined;
  return store.nextDueDelivery(now, run.underWay, !store.settings().sendingOn);
}

/** Nothing new may begin. */
function isHeldUp({ clock, isClosing }: DeliverDeps, line: LineMarks): boolean {
  return isLineStopped(line, clock.now()) || isClosing?.() === true;
}

/** Asks whatever has to be asked, waits for a turn, and claims the delivery if it may still go. */
async function claimInTurn(
  deps: DeliverDeps,
  channel: TriggerChannel,
  delivery: Delivery,
): Promise<Claimed | undefined> {
  const { store, clock } = deps;
  if (!mayGoNow(store, delivery, clock.now())) return undefined;
  const check = await checkDelivery(deps, delivery, clock.now());
  if (check.kind === 'later') {
    deps.log('warn', 'A delivery waits because it could not be checked', { deliveryId: delivery.id, why: check.why });
    store.postponeDelivery(delivery.id, clock.now() + MINUTE_MS);
    return undefined;
  }
  if (check.kind === 'drop') {
    suppress(store, delivery, check.reason, clock.now());
    return undefined;
  }
  await deps.takeTurn();
  // The turn may have taken minutes: the window may have closed, the switch may be off.
  if (isHeldUp(deps, store.lineMarks()) || !mayGoNow(store, delivery, clock.now())) return undefined;
  if (!store.settings().sendingOn && !delivery.isTest) return undefined;
  return store.transaction(() => claim(deps, channel, delivery));
}

/**
 * Writes down what came of a request. Where the next delivery has nothing to ask and nothing to wait for, the same
 * commit claims it: one sync to the disk instead of two (docs/decisions/0032).
 */
function endAndClaimNext(
  deps: DeliverDeps,
  run: Run,
  channel: TriggerChannel,
  { delivery, attemptNumber }: Claimed,
  outcome: SendOutcome,
): Claimed | undefined {
  const { store } = deps;
  const end = (): void => finishAttempt(deps, delivery, attemptNumber, outcome);
  run.underWay.delete(delivery.id);
  try {
    const next = store.transaction(() => {
      end();
      return claimAtOnce(deps, run, channel);
    });
    if (next !== undefined) run.underWay.set(next.delivery.id, next.delivery.customerId);
    return next;
  } catch (error) {
    // Nothing is committed. An answer that is not written down is a text that a person has to look into.
    store.transaction(end);
    throw error;
  }
}

function claimAtOnce(deps: DeliverDeps, run: Run, channel: TriggerChannel): Claimed | undefined {
  const { store, clock } = deps;
  const delivery = pickNext(deps, run);
  if (delivery === undefined || !mayGoNow(store, delivery, clock.now())) return undefined;
  const mayBeSent = lookAtDelivery(deps, delivery, clock.now()).kind === 'send';
  return mayBeSent && deps.takeFreeTurn() ? claim(deps, channel, delivery) : undefined;
}

function claim({ store, clock }: DeliverDeps, channel: TriggerChannel, delivery: Delivery): Claimed | undefined {
  const event = toEvent(store, delivery);
  const attemptNumber = store.claimDelivery({
    id: delivery.id,
    now: clock.now(),
    phone: event.phone,
    email: event.email,
    origin: originOf(delivery),
    request: JSON.stringify(channel.preview(event)),
  });
  return attemptNumber === undefined ? undefined : { delivery, event, attemptNumber };
}

/** The rules that need no one else: trigger switch, deadline, send window. */
function mayGoNow(store: Store, delivery: Delivery, now: number): boolean {
  if (delivery.isTest) return true;
  const settings = store.settings();
  if (settings.enabledTriggers[delivery.trigger] !== true) {
    suppress(store, delivery, 'trigger_off', now);
    return false;
  }
  if (now > delivery.deadlineAt) {
    suppress(store, delivery, delivery.trigger === 'upcoming_order' ? 'too_late' : 'outdated', now);
    return false;
  }
  if (delivery.isUrgent) return true;
  const opensAt = nextWindowOpening(settings.timeZone, settings.window, now);
  if (opensAt <= now) return true;
  store.postponeDelivery(delivery.id, opensAt);
  return false;
}

function suppress(store: Store, delivery: Delivery, reason: DecisionReason, now: number): void {
  store.transaction(() => {
    store.suppressDelivery(delivery.id, reason, now);
    store.count('not_sent', now);
    decideDelivery(store, delivery, reason, now, null);
    // An order that moved away may come back, and so may the trigger; then its notice is to be thought about again.
    if (delivery.trigger !== 'upcoming_order' || delivery.subscriptionId === null) return;
    const subscription = store.findSubscription(delivery.subscriptionId);
    const isStillNext = subscription?.status === 'ACTIVE' && subscription.nextOrderDate === delivery.orderDate;
    const mayComeBack = !isStillNext || reason === 'trigger_off';
    if (subscription?.noticeOrderDate === delivery.orderDate && mayComeBack)
      store.setNoticeOrderDate(subscription.id, null);
  });
}

function toEvent(store: Store, delivery: Delivery): TriggerEvent {
  const spec = triggers[delivery.trigger];
  // The newest number counts, except for a test, which goes where it was told to.
  const recipient =
    delivery.isTest || delivery.customerId === null ? undefined : store.findRecipient(delivery.customerId);
  return {
    eventType: spec.eventType,
    legacyName: spec.legacyName,
    phone: recipient?.phone ?? delivery.phone,
    email: recipient?.email ?? delivery.email,
    externalId: delivery.key,
    occurredAt: delivery.occurredAt,
    properties: delivery.properties,
  };
}

function originOf(delivery: Delivery): AttemptOrigin {
  if (delivery.isTest) return 'test';
  return delivery.reason === 'resent_by_person' ? 'manual' : 'scheduled';
}

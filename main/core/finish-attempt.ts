import type { AttemptOutcome, DeliveryState, Delivery } from '../../shared/domain/deliveries.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { RemoteError, SendOutcome } from '../../shared/domain/remote.ts';
import { assertNever } from '../../shared/result.ts';
import { noteClarity, setHold } from './hold.ts';
import { backOff, endLinePause, pauseLine } from './line-pause.ts';
import type { Clock, Store } from './store.ts';

export type FinishDeps = Readonly<{ store: Store; clock: Clock; random: () => number }>;

type Ending = Readonly<{ state: DeliveryState; reason: DecisionReason; outcome: AttemptOutcome; dueAt: number | null }>;

/** Writes down what came of one request, and what it means for the delivery and for the line. Call it in a transaction. */
export function finishAttempt(deps: FinishDeps, delivery: Delivery, attemptNumber: number, outcome: SendOutcome): void {
  const { store } = deps;
  const now = deps.clock.now();
  const error = outcome.kind === 'error' ? outcome.error : undefined;
  const ending = endingOf(deps, attemptNumber, outcome, now);
  store.finishDelivery({
    ...ending,
    id: delivery.id,
    attemptNumber,
    now,
    httpStatus: outcome.kind === 'error' ? outcome.error.status : outcome.status,
    message: error === undefined ? null : describe(error),
    response: outcome.kind === 'error' ? outcome.error.body : outcome.body,
  });
  noteClarity(store, ending.state !== 'unknown', now);
  if (ending.state !== 'unknown' && ending.state !== 'retrying') endLinePause(store, now);
  if (error?.kind === 'key_refused' || error?.kind === 'plan_refused') holdQueue(store, error, now);
  if (ending.state === 'accepted' && !delivery.isTest) {
    store.count('accepted', now);
    store.count(`accepted:${delivery.trigger}`, now);
  }
  // A row that goes back in line is not decided yet.
  if (ending.state === 'retrying' || ending.state === 'waiting') return;
  const reason = delivery.isTest && ending.state === 'accepted' ? 'test_sent' : ending.reason;
  decideDelivery(store, delivery, reason, now, error === undefined ? null : describe(error));
}

function endingOf(deps: FinishDeps, attemptNumber: number, outcome: SendOutcome, now: number): Ending {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'accepted', reason: 'accepted', outcome: 'accepted', dueAt: null };
    case 'already_there':
      return { state: 'accepted', reason: 'already_accepted', outcome: 'already_there', dueAt: null };
    case 'error':
      break;
    default:
      return assertNever(outcome);
  }
  const { error } = outcome;
  switch (error.kind) {
    case 'rate_limited': {
      const dueAt = pauseLine(deps.store, error.retryAfterMs, deps.random, now);
      return { state: 'retrying', reason: 'queued', outcome: 'rate_limited', dueAt };
    }
    case 'not_sent': {
      const dueAt = now + (error.retryAfterMs ?? backOff(attemptNumber, deps.random));
      return { state: 'retrying', reason: 'queued', outcome: 'not_sent', dueAt };
    }
    case 'key_refused':
      return { state: 'waiting', reason: 'queued', outcome: 'key_refused', dueAt: null };
    case 'plan_refused':
      return { state: 'waiting', reason: 'queued', outcome: 'plan_refused', dueAt: null };
    case 'not_found':
    case 'rejected':
      return { state: 'failed', reason: 'rejected', outcome: 'rejected', dueAt: null };
    // Never sent again by itself: a customer texted twice costs more than one that a person looks into.
    case 'server_error':
    case 'bad_answer':
    case 'no_answer':
      return { state: 'unknown', reason: 'unknown_outcome', outcome: 'unknown', dueAt: null };
    default:
      return assertNever(error.kind);
  }
}

function holdQueue(store: Store, error: RemoteError, now: number): void {
  if (error.kind === 'key_refused') {
    setHold(store, {
      kind: 'key_refused',
      since: now,
      until: null,
      message: 'Postscript refused the key. Paste a working private key in Settings; what is in line goes out then.',
    });
    return;
  }
  setHold(store, {
    kind: 'plan_refused',
    since: now,
    until: null,
    message: `Postscript knows the key but does not allow this: ${error.message} API access depends on the Postscript plan; ask your Postscript representative, then release the queue.`,
  });
}

function describe(error: RemoteError): string {
  const fields = error.fieldErrors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return fields === '' ? error.message : `${error.message} (${fields})`;
}

/** One line of the decision log about a delivery. */
export function decideDelivery(
  store: Store,
  delivery: Delivery,
  reason: DecisionReason,
  now: number,
  detail: string | null,
): void {
  store.decide(
    {
      reason,
      fact: null,
      trigger: delivery.trigger,
      customerId: delivery.customerId,
      subscriptionId: delivery.subscriptionId,
      orderDate: delivery.orderDate,
      deliveryId: delivery.id,
      detail,
    },
    now,
  );
}

import type { EngineProcess } from './engine.ts';
import type { Person } from './shop-plan.ts';
import type { WorldProcess } from './world.ts';
import type { Wreck } from './wreck.ts';

/** What a person at the console does, by the same calls as the window. */

const FEW = 4;
const everything = {
  state: null,
  trigger: null,
  answer: null,
  isTest: false,
  from: null,
  to: null,
  customerId: null,
  orderDate: null,
  search: '',
};

/** After a restore sending is off, and a storm or an outage holds the line: somebody looks and lets it go on. */
export async function mindTheLine({ ask }: EngineProcess): Promise<void> {
  const status = await ask('status.get', {});
  if (!status.ok) throw new Error(status.error.message);
  if (!status.value.sendingOn) await ask('sending.setOn', { on: true });
  if (status.value.hold !== null) await ask('sending.releaseHold', {});
}

/**
 * Settles what is unknown. The careful one looks each up at Postscript first, as docs/failure-handling.md says; the
 * blind one sends all of it again, which is right only where Postscript knows an `external_id` again.
 */
export async function settleUnknown(
  person: Person,
  engine: EngineProcess,
  world: WorldProcess,
  { unknown }: Pick<Wreck, 'unknown'>,
): Promise<void> {
  if (person === 'absent') return;
  if (person === 'blind') {
    const plan = await engine.ask('deliveries.planBulkResend', { filter: everything });
    if (!plan.ok || plan.value.failed + plan.value.unknown === 0) return;
    const expected = plan.value.failed + plan.value.unknown;
    await engine.ask('deliveries.startBulkResend', { filter: everything, includeUnknown: true, expected });
    return;
  }
  const there = new Set((await world.call.ledger()).events.map(({ externalId }) => externalId));
  for (const { id, key } of unknown.slice(0, FEW)) {
    if (there.has(key)) await engine.ask('deliveries.markAccepted', { id });
    else await engine.ask('deliveries.resend', { id });
  }
}

/** Takes the newest skip back. */
export async function undoSkip({ ask }: EngineProcess, { verifiedSkips }: Pick<Wreck, 'verifiedSkips'>): Promise<void> {
  const skipId = verifiedSkips.at(-1);
  // A refusal is an answer too: the order may be past its cut-off.
  if (skipId !== undefined) await ask('replies.undoSkip', { skipId });
}

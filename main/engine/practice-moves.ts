import { sumHours } from '../db/shop.ts';
import type { ReadDb } from '../db/types.ts';
import type { CountName } from '../core/store.ts';
import type { PracticeMove, PracticeNext } from '../../shared/ipc/practice-contract.ts';
import type { PracticeSession } from './practice-session.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long Postscript's automation takes at least; a person wants to see the texts arrive. */
const UNTIL_TEXT_MS = 120_000;

export type MoveBy = 'hour' | 'day' | 'next_event';

/** What happens next that is worth seeing: a trigger of ours that falls due, or something in the simulated shop. */
export async function findNext({ shop, control, now }: PracticeSession): Promise<PracticeNext | null> {
  const world = await control.nextNotable();
  const dueAt = shop.store.nextDueAt();
  // What is overdue waits for something else than time.
  if (dueAt === undefined || dueAt <= now() || (world !== null && world.at <= dueAt)) return world;
  return { at: dueAt, what: 'triggers' };
}

/** Where a move of the clock ends. */
export async function findTarget(session: PracticeSession, by: MoveBy): Promise<number> {
  switch (by) {
    case 'hour':
      return session.now() + HOUR_MS;
    case 'day':
      return session.now() + DAY_MS;
    case 'next_event': {
      const next = await findNext(session);
      if (next === null) return session.now() + DAY_MS;
      return next.what === 'triggers' ? next.at + UNTIL_TEXT_MS : next.at;
    }
  }
}

/** Does something in the practice shop and says what came of it. */
export async function watchMove(session: PracticeSession, move: () => Promise<void>): Promise<PracticeMove> {
  const { shop, now } = session;
  const from = now();
  const before = readCounts(shop.db, from);
  await move();
  const after = readCounts(shop.db, now());
  return {
    from,
    now: now(),
    noticesAccepted: after.notices - before.notices,
    othersAccepted: after.accepted - before.accepted - (after.notices - before.notices),
    notSent: after.notSent - before.notSent,
    replies: after.replies - before.replies,
    skipped: after.skipped - before.skipped,
  };
}

type Counts = Readonly<{ accepted: number; notices: number; notSent: number; replies: number; skipped: number }>;

/** Of the whole practice: its database begins with it. */
function readCounts(db: ReadDb, now: number): Counts {
  const count = (name: CountName): number => sumHours(db, name, 0, now + HOUR_MS);
  return {
    accepted: count('accepted'),
    notices: count('accepted:upcoming_order'),
    notSent: count('not_sent'),
    replies: count('replies'),
    skipped: count('skipped'),
  };
}

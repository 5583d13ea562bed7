import type { FaultKind } from '../../../main/practice/faults.ts';
import type { Seen } from './gate.ts';
import type { ShopNotes } from './shop-notes.ts';
import type { Kill, ShopPlan } from './shop-plan.ts';
import type { WorldProcess } from './world.ts';

export type ShopOrder = Readonly<{
  seed: number;
  shop: number;
  kills: number;
  customers: number;
  /** Where the lives of an earlier run ended; null to let chance decide. */
  replay: readonly Kill[] | null;
  /** What a control does wrong, put in at every start. */
  sqlAtStart: string | null;
  /** How the answer to the first event of every life is lost, for a control; null leaves it to the plan. */
  lostAnswer: FaultKind | null;
  /** No new life begins once this is true. */
  isOver: () => boolean;
}>;

/** All that is needed to judge a shop. */
export type ShopHistory = Readonly<{
  plan: ShopPlan;
  order: ShopOrder;
  lives: readonly Readonly<{ at: number; diedAt: number; killed: string }>[];
  notes: ShopNotes;
  /** From when on the computer's clock was so far ahead, oldest first. */
  skews: readonly Readonly<{ at: number; skewMs: number }>[];
  /** Why it did not come to its end, so that it cannot be judged; null when it did. */
  broken: string | null;
  dataFolder: string;
  endedAt: number;
  remove: () => void;
}>;

/** A process with simulators, and who is told that a request came in at which the engine is to die. */
export type Worker = Readonly<{ world: WorldProcess; onReached: (handle: (seen: Seen) => void) => void }>;

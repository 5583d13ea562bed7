import type { Look } from '../../../main/practice/judge-types.ts';
import type { Seen } from './gate.ts';
import type { Kill, ShopPlan } from './shop-plan.ts';
import type { WorldProcess } from './world.ts';
import type { Wreck } from './wreck.ts';

export type ShopOrder = Readonly<{
  seed: number;
  shop: number;
  kills: number;
  customers: number;
  /** Where the lives of an earlier run ended; null to let chance decide. */
  replay: readonly Kill[] | null;
  /** A wrong recovery, put in at every start. */
  sqlAtStart: string | null;
  /** No new life begins once this is true. */
  isOver: () => boolean;
}>;

/** All that is needed to judge a shop. */
export type ShopHistory = Readonly<{
  plan: ShopPlan;
  order: ShopOrder;
  lives: readonly Readonly<{ at: number; diedAt: number; killed: string; isEarly: boolean }>[];
  /** Problems that showed on the way. */
  problems: readonly string[];
  looks: readonly Look[];
  forgotten: readonly Readonly<{ from: number; until: number }>[];
  /** From when on the computer's clock was so far ahead, oldest first. */
  skews: readonly Readonly<{ at: number; skewMs: number }>[];
  /** Rows that were under way when the engine was killed, and the same for the network. */
  underWay: number;
  /** Deliveries whose connection broke while the engine lived. */
  answersLost: number;
  /** Of each key, how often a person sent it again. */
  resent: ReadonlyMap<string, number>;
  last: Wreck;
  dataFolder: string;
  endedAt: number;
  remove: () => void;
}>;

/** A process with simulators, and who is told that a request came in at which the engine is to die. */
export type Worker = Readonly<{ world: WorldProcess; onReached: (handle: (seen: Seen) => void) => void }>;

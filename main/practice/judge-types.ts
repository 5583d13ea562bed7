/** What the judge of a run is given besides the ledger, and what it says. */

const HOUR_MS = 3_600_000;
/** What is over sooner than this may pass between two looks at the platform. */
export const NOTICEABLE_MS = 3 * HOUR_MS;

/** What the engine under test says about itself; believed only where the ledger bears it out. */
export type EngineRecord = Readonly<{
  deliveries: readonly Readonly<{
    key: string;
    state: string;
    isTest: boolean;
    /** It is on record that a request for it had no clear answer. */
    mayHaveArrived: boolean;
  }>[];
  decisions: readonly Readonly<{
    fact: string | null;
    reason: string;
    trigger: string | null;
    subscriptionId: string | null;
    orderDate: string | null;
  }>[];
  replies: readonly Readonly<{ id: string; reason: string | null }>[];
}>;

export type Rules = Readonly<{
  timeZone: string;
  billing: Readonly<{ time: string; timeZone: string }>;
  leadDays: number;
  minimumNoticeHours: number;
  window: Readonly<{ opens: string; closes: string }>;
  startedAt: number;
  endedAt: number;
  /**
   * When the engine read the whole platform, for a run in which it was often dead or its clock wrong. Without them it is
   * taken to have looked every three hours, by a right clock.
   */
  looks?: readonly Look[];
  /** What the engine's clock said at an instant of practice time; the same unless given. */
  believedAt?: (at: number) => number;
  /** Stretches of time of which the engine knows nothing any more, because a backup from before was restored. */
  forgotten?: readonly Readonly<{ from: number; until: number }>[];
}>;

/** One look at the platform: when it was, and what the engine took the time to be. */
export type Look = Readonly<{ at: number; believed: number }>;

/** Each must be zero. `findings` says what and whom, for the ones that are not. */
export type Verdict = Readonly<{
  duplicateEvents: number;
  duplicateSkips: number;
  lostTriggers: number;
  wrongOrderSkips: number;
  sentOutsideWindow: number;
  undecided: number;
  findings: readonly string[];
}>;

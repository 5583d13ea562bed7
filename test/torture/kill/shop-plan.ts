import { defaultPracticeOptions, defaultSwitches } from '../../../main/practice/practice-shop.ts';
import type { PracticeOptions } from '../../../main/practice/practice-shop-types.ts';
import type { FaultKind } from '../../../main/practice/faults.ts';
import { createRandom, type Random } from '../../../main/practice/random.ts';
import { fates, type Stop } from './gate.ts';
import { olderVersions } from './older-shop.ts';

/** Where the engine dies by its own hand. */
export type Strike =
  /** Right before that statement or change of a file, counted from 1. */
  | Readonly<{ kind: 'point'; number: number }>
  /** Right before that begin, commit, write outside of a transaction, or change of a file. */
  | Readonly<{ kind: 'turn'; number: number }>
  /** So many turns after the first write to a table: the commit of it, or what comes next. */
  | Readonly<{ kind: 'write'; table: string; turns: number }>;

/** Where one life of the engine ends. */
export type Kill =
  | Strike
  /** So long after its start, real ms. */
  | Readonly<{ kind: 'moment'; ms: number }>
  | (Readonly<{ kind: 'request' }> & Stop);

/** Who looks after what is unknown. `careful`: looks each one up at Postscript; `blind`: sends all of it again. */
export type Person = 'absent' | 'careful' | 'blind';

export type ShopPlan = Readonly<{
  options: PracticeOptions;
  person: Person;
  faults: 'none' | 'mixed' | 'rough';
  hasBackups: boolean;
  /** Which older version's structure the shop has before its first kill; null: this one's. */
  olderVersion: (typeof olderVersions)[number] | null;
}>;

export type Act = 'undo' | 'back_up' | 'restore' | 'cut_network' | 'sleep' | 'settle_unknown';

/** One life of the engine, from its start to its kill. */
export type LifePlan = Readonly<{
  kill: Kill;
  /** How long the computer was off before, ms. */
  awayMs: number;
  /** How far the computer's clock is ahead of the world, ms. */
  skewMs: number;
  /** How the answer to its first event is lost, where the shop has faults at all; null leaves it to chance. */
  lostAnswer: FaultKind | null;
  /** Each: time passes, everything is looked at, a person does something. */
  rounds: readonly Readonly<{ ms: number; act: Act | null }>[];
}>;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const MIGRATING_LIVES = 4;
/** The pragmas, the copy that is made before, and each migration's begin and commit. */
const MIGRATING_TURNS = 40;

/** Each of them leaves open whether Postscript took the event in, which it did. */
const lostAnswers = ['error_after', 'reset_after', 'timeout_after', 'web_page', 'truncated'] as const;

/** Longer than the engine waits for the answer to a read, real ms. */
const HOLD_MS = 1200;

/** What is written seldom would hardly ever be struck by a turn that is drawn from all of them. */
const struckTables = [
  ['replies', 4],
  ['skips', 4],
  ['deliveries', 2],
  ['attempts', 2],
  ['decisions', 1],
  ['subscriptions', 1],
  ['bills', 1],
  ['marks', 1],
] as const;

/** Every combination of what is unknown about the services comes up within a dozen shops. */
export function planShop(seed: number, shop: number, customers: number): ShopPlan {
  const random = createRandom(seed, 'kill-shop', shop);
  const externalId = (['accept', 'dedupe', 'accept', '409'] as const)[shop % 4] ?? 'accept';
  const hasBackups = shop % 5 === 3;
  return {
    options: {
      ...defaultPracticeOptions,
      seed: random.between(1, 1_000_000_000),
      customers,
      faultHoldMs: HOLD_MS,
      switches: {
        ...defaultSwitches,
        externalId,
        pageBase: random.pick([0, 1]),
        updatedDateFilter: random.isLucky(0.7),
        skipTwice: random.pick(['noop', '422']),
        retryBase: random.pick([0, 1]),
        eventsOrder: random.pick(['newest_first', 'oldest_first']),
        retryAfter: random.isLucky(0.5),
      },
    },
    person: externalId === 'accept' ? random.pick(['absent', 'careful', 'careful']) : 'blind',
    faults: random.pick(['none', 'mixed', 'rough']),
    hasBackups,
    olderVersion: shop % 5 === 1 ? random.pick(olderVersions) : null,
  };
}

/** `turns`: how many the lives before it had, so that no part of a life is left out. */
export function planLife(
  seed: number,
  shop: number,
  life: number,
  { hasBackups, olderVersion }: Pick<ShopPlan, 'hasBackups' | 'olderVersion'>,
  turns: number,
): LifePlan {
  const random = createRandom(seed, 'kill-life', shop, life);
  const awayMs = random.weighted([
    [MINUTE_MS, 60],
    [random.between(1, 8) * HOUR_MS, 30],
    [random.between(1, 3) * DAY_MS, 5],
  ]);
  const skewMs = random.weighted([
    [0, 88],
    [-random.between(1, 26) * HOUR_MS, 6],
    [random.between(1, 26) * HOUR_MS, 6],
  ]);
  const rounds = Array.from({ length: random.between(1, 3) }, () => ({
    ms: random.weighted([
      [random.between(1, 40) * MINUTE_MS, 40],
      [random.between(1, 5) * HOUR_MS, 60],
    ]),
    act: random.weighted<Act | null>([
      [null, 50],
      ['settle_unknown', 22],
      ['undo', 8],
      ['cut_network', 5],
      ['sleep', 4],
      ['back_up', hasBackups ? 10 : 1],
      ['restore', hasBackups ? 8 : 0],
    ]),
  }));
  // The first starts of an older shop are killed where it is migrated.
  const isMigrating = olderVersion !== null && life < MIGRATING_LIVES;
  const kill = isMigrating
    ? ({ kind: 'turn', number: random.between(1, MIGRATING_TURNS) } as const)
    : planKill(random, turns);
  const lostAnswer = random.isLucky(0.5) ? random.pick(lostAnswers) : null;
  return { kill, awayMs, skewMs, rounds, lostAnswer };
}

function planKill(random: Random, turns: number): Kill {
  const kind = random.weighted([
    ['turn', 25],
    ['write', 25],
    ['request', 30],
    ['moment', 20],
  ]);
  switch (kind) {
    case 'write':
      return { kind, table: random.weighted(struckTables), turns: random.between(1, 3) };
    case 'turn':
      return { kind, number: random.between(1, Math.max(40, turns)) };
    case 'moment':
      return { kind, ms: random.between(0, 350) };
    case 'request': {
      const fate = random.pick(fates);
      const fits = random.pick([
        'POST /api/v2/events',
        'POST /api/v2/events',
        '/skip',
        '/skip',
        '/unskip',
        '/responses',
        '',
      ]);
      return {
        kind,
        fate,
        request: fits === '' ? random.between(1, 30) : 1,
        ...(fits === '' ? {} : { fits }),
      };
    }
  }
}

import { formatCount } from '../../shared/domain/counts.ts';
import { holdTitles, type HoldKind } from '../../shared/domain/holds.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { assertNever } from '../../shared/result.ts';

/** As much of `status.get` and `overview.get` as the tray and the notifications speak of. */
export type ShopFacts = Readonly<{
  status: Pick<Output<'status.get'>, 'isPractice' | 'sendingOn' | 'hold' | 'connections' | 'needsPerson' | 'storage'>;
  overview: Pick<Output<'overview.get'>, 'unknown' | 'failed' | 'missed'>;
}>;

/** Something that a person has to look at. */
export type Need = Readonly<{
  /** The same for as long as it is the same: a hold that comes again is another one. */
  id: string;
  count: number;
  /** In a menu, where a click leads to it. */
  label: string;
  /** Told as news, of so many. */
  tell: (count: number) => string;
  /** The screen that settles it, as in the address behind the hash. */
  route: string;
  /** There is nothing to do about it. */
  isOnlyToKnow?: true;
}>;

export const engineStopped: Need = makeNeed(
  'engine:stopped',
  'Start Heads Up again',
  'The engine stopped for good, and nothing is sent until Heads Up is started again',
  '/',
);

/** Nothing to do about it, but a person should know. */
export function makeRestartNeed(restartedAt: number): Need {
  return {
    ...makeNeed(
      `engine:restarted:${restartedAt}`,
      'See the overview',
      'The engine stopped unexpectedly and was started again',
      '/',
    ),
    isOnlyToKnow: true,
  };
}

type Hold = NonNullable<ShopFacts['status']['hold']>;
type Connection = ShopFacts['status']['connections'][number];

const holdPlaces: Readonly<Record<Exclude<HoldKind, 'outage'>, Readonly<{ label: string; route: string }>>> = {
  storm: { label: 'See what is in line', route: '/deliveries?state=waiting' },
  key_refused: { label: 'Replace the Postscript key', route: '/settings/connections' },
  plan_refused: { label: 'See what Postscript says', route: '/' },
};

const connectionWords: Readonly<Record<Connection['name'], Readonly<{ label: string; sentence: string }>>> = {
  postscript: { label: 'Replace the Postscript key', sentence: 'Postscript refuses the key' },
  smartrr: { label: 'Replace the Smartrr token', sentence: 'Smartrr refuses the token' },
  inbox: { label: 'Replace the inbox’s read token', sentence: 'The reply inbox refuses the read token' },
};

/** What waits for a person in the merchant's own shop, what stops most first. The practice shop needs nobody. */
export function findNeeds({ status, overview }: ShopFacts): readonly Need[] {
  if (status.isPractice) return [];
  return [
    ...findStorageNeeds(status),
    ...findHoldNeeds(status),
    ...findRefusals(status),
    ...countNeeds(status, overview),
  ];
}

function findStorageNeeds({ storage: { state } }: ShopFacts['status']): readonly Need[] {
  switch (state) {
    case 'failing':
      return [makeNeed('storage:failing', 'See what the database says', 'The database cannot be written', '/')];
    case 'damaged':
      return [makeNeed('storage:damaged', 'Restore a backup', 'The database is damaged', '/settings/backup')];
    case 'checking':
    case 'sound':
      return [];
    default:
      return assertNever(state);
  }
}

function findHoldNeeds({ hold }: ShopFacts['status']): readonly Need[] {
  // An outage ends by itself; what it left behind is counted below.
  if (hold === null || hold.kind === 'outage') return [];
  const { label, route } = holdPlaces[hold.kind];
  return [makeNeed(`hold:${hold.kind}:${hold.since}`, label, holdTitles[hold.kind], route)];
}

/** A connection that gives no answers is tried again by itself; one that refuses ours waits for a person. */
function findRefusals({ connections, hold }: ShopFacts['status']): readonly Need[] {
  return connections
    .filter(({ name, state }) => state === 'refused' && !(name === 'postscript' && saysItself(hold)))
    .map(({ name, failingSince }) =>
      makeNeed(
        `refused:${name}:${failingSince ?? ''}`,
        connectionWords[name].label,
        connectionWords[name].sentence,
        '/settings/connections',
      ),
    );
}

/** A hold says more about Postscript than its connection does. */
function saysItself(hold: Hold | null): boolean {
  return hold?.kind === 'key_refused' || hold?.kind === 'plan_refused';
}

function countNeeds({ needsPerson }: ShopFacts['status'], { unknown, failed, missed }: ShopFacts['overview']): Need[] {
  const needs: Need[] = [
    {
      id: 'unknown',
      count: unknown,
      label: `${formatCount(unknown, 'delivery', 'deliveries')} to check with Postscript`,
      tell: (count) => `${formatCount(count, 'delivery', 'deliveries')} left without a clear answer`,
      route: '/deliveries?state=unknown',
    },
    {
      id: 'failed',
      count: failed,
      label: `${formatCount(failed, 'delivery', 'deliveries')} refused by Postscript`,
      tell: (count) => `${formatCount(count, 'delivery was', 'deliveries were')} refused by Postscript`,
      route: '/deliveries?state=failed',
    },
    {
      id: 'replies',
      count: needsPerson.replies,
      label: `${formatCount(needsPerson.replies, 'reply', 'replies')} to read`,
      tell: (count) => `${formatCount(count, 'reply waits', 'replies wait')} for a person`,
      route: '/replies?needs=person',
    },
    {
      id: 'missed',
      count: missed,
      label: formatCount(missed, 'missed notice'),
      tell: (count) => `${formatCount(count, 'notice was', 'notices were')} missed`,
      route: '/missed',
    },
  ];
  return needs.filter(({ count }) => count > 0);
}

function makeNeed(id: string, label: string, sentence: string, route: string): Need {
  return { id, count: 1, label, tell: () => sentence, route };
}

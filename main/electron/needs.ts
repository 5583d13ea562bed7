import { formatCount } from '../../shared/domain/counts.ts';
import { holdTitles, type HoldKind } from '../../shared/domain/holds.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { assertNever } from '../../shared/result.ts';

/** As much of `status.get` and `overview.get` as the tray and the notifications speak of. */
export type ShopFacts = Readonly<{
  status: Pick<Output<'status.get'>, 'isPractice' | 'sendingOn' | 'hold' | 'connections' | 'needsPerson' | 'storage'>;
  overview: Pick<Output<'overview.get'>, 'unknown' | 'failed' | 'missed'>;
}>;

/** Something that a person has to know. */
export type Need = Readonly<{
  /** The same for as long as it is the same: a hold that comes again is another one. */
  id: string;
  count: number;
  /** Told as news, of so many. */
  tell: (count: number) => string;
  /** The screen that settles it, as in the address behind the hash. */
  route: string;
  /** There is nothing to do about it. */
  isOnlyToKnow?: true;
}>;

/** One of the shop's own, with its line in a menu that leads to its screen. */
export type ShopNeed = Need & Readonly<{ label: string }>;

export const engineStopped: Need = makeNeed('engine:stopped', 'The engine stopped, and nothing is sent or read', '/');

export function makeRestartNeed(restartedAt: number): Need {
  const sentence = 'The engine stopped unexpectedly and was started again';
  return { ...makeNeed(`engine:restarted:${restartedAt}`, sentence, '/'), isOnlyToKnow: true };
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
export function findNeeds({ status, overview }: ShopFacts): readonly ShopNeed[] {
  if (status.isPractice) return [];
  return [
    ...findStorageNeeds(status),
    ...findHoldNeeds(status),
    ...findRefusals(status),
    ...countNeeds(status, overview),
  ];
}

function findStorageNeeds({ storage: { state } }: ShopFacts['status']): readonly ShopNeed[] {
  switch (state) {
    case 'failing':
      return [
        { ...makeNeed('storage:failing', 'The database cannot be written', '/'), label: 'See what the database says' },
      ];
    case 'damaged':
      return [
        { ...makeNeed('storage:damaged', 'The database is damaged', '/settings/backup'), label: 'Restore a backup' },
      ];
    case 'checking':
    case 'sound':
      return [];
    default:
      return assertNever(state);
  }
}

function findHoldNeeds({ hold }: ShopFacts['status']): readonly ShopNeed[] {
  // An outage ends by itself; what it left behind is counted below.
  if (hold === null || hold.kind === 'outage') return [];
  const { label, route } = holdPlaces[hold.kind];
  return [{ ...makeNeed(`hold:${hold.kind}:${hold.since}`, holdTitles[hold.kind], route), label }];
}

/** A connection that gives no answers is tried again by itself; one that refuses ours waits for a person. */
function findRefusals({ connections, hold }: ShopFacts['status']): readonly ShopNeed[] {
  return connections
    .filter(({ name, state }) => state === 'refused' && !(name === 'postscript' && saysItself(hold)))
    .map(({ name, failingSince }) => {
      const { label, sentence } = connectionWords[name];
      return { ...makeNeed(`refused:${name}:${failingSince ?? ''}`, sentence, '/settings/connections'), label };
    });
}

/** A hold says more about Postscript than its connection does. */
function saysItself(hold: Hold | null): boolean {
  return hold?.kind === 'key_refused' || hold?.kind === 'plan_refused';
}

function countNeeds(
  { needsPerson }: ShopFacts['status'],
  { unknown, failed, missed }: ShopFacts['overview'],
): ShopNeed[] {
  const needs: ShopNeed[] = [
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

function makeNeed(id: string, sentence: string, route: string): Need {
  return { id, count: 1, tell: () => sentence, route };
}

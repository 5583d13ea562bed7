import type { Need } from './needs.ts';

/** At most one notification in this time; what comes meanwhile is in the next one. */
export const NOTIFICATION_PAUSE_MS = 15 * 60_000;

/** How many of each need were told already, or seen in the window. */
export type Told = Readonly<Record<string, number>>;

export type News = Readonly<{ title: string; body: string; route: string }>;

export type Moment = Readonly<{
  needs: readonly Need[];
  told: Told;
  /** Whoever has the window before them sees everything there, and is told nothing. */
  isWatching: boolean;
  isWanted: boolean;
  /** Since the last notification; Infinity when there was none. */
  sinceLastMs: number;
}>;

export type Verdict = Readonly<{
  told: Told;
  news: News | null;
  /** When what is not told yet may be told; null when there is nothing. */
  lookAgainInMs: number | null;
}>;

/** Decides whether a person is told now. The same need is never told twice while it lasts. */
export function decideNews({ needs, told, isWatching, isWanted, sinceLastMs }: Moment): Verdict {
  if (isWatching) return { told: countAll(needs), news: null, lookAgainInMs: null };
  const stillTold = toTold(needs.map(({ id, count }) => [id, Math.min(told[id] ?? 0, count)]));
  const fresh = needs.filter(({ id, count }) => count > (stillTold[id] ?? 0));
  if (!isWanted || fresh.length === 0) return { told: stillTold, news: null, lookAgainInMs: null };
  if (sinceLastMs < NOTIFICATION_PAUSE_MS) {
    return { told: stillTold, news: null, lookAgainInMs: NOTIFICATION_PAUSE_MS - sinceLastMs };
  }
  return { told: countAll(needs), news: toNews(fresh, stillTold), lookAgainInMs: null };
}

function countAll(needs: readonly Need[]): Told {
  return toTold(needs.map(({ id, count }) => [id, count]));
}

function toTold(counts: readonly (readonly [id: string, count: number])[]): Told {
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** One sentence for all of it; it opens the screen that settles it, or the overview when there are several. */
function toNews(fresh: readonly Need[], told: Told): News {
  const sentence = fresh.map(({ id, count, tell }) => tell(count - (told[id] ?? 0))).join('; ');
  const [route, ...others] = new Set(fresh.map((need) => need.route));
  return {
    title: fresh.every(({ isOnlyToKnow }) => isOnlyToKnow === true) ? 'Heads Up goes on' : 'Heads Up needs you',
    body: `${sentence}.`,
    route: route === undefined || others.length > 0 ? '/' : route,
  };
}

import type { Need } from './needs.ts';
import { decideNews, type News, type Told } from './notifications.ts';

type NotifierDeps = Readonly<{
  show: (news: News) => void;
  /** What an earlier start told, so that this one does not tell it again. */
  toldBefore: Told;
  saveTold: (told: Told) => void;
  isWatching: () => boolean;
  isWanted: () => boolean;
  /** Never set back, ms. */
  now: () => number;
}>;

export type Notifier = Readonly<{
  /** What needs a person now; null while nobody is to be told anything, and what was told stays told. */
  note: (needs: readonly Need[] | null) => void;
  /** Somebody came to the window. */
  look: () => void;
  stop: () => void;
}>;

/** Tells a person who is elsewhere what needs them: grouped, seldom, and each thing once. */
export function createNotifier({ show, toldBefore, saveTold, isWatching, isWanted, now }: NotifierDeps): Notifier {
  let needs: readonly Need[] | null = null;
  let told = toldBefore;
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;

  const look = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (needs === null) return;
    const verdict = decideNews({
      needs,
      told,
      isWatching: isWatching(),
      isWanted: isWanted(),
      sinceLastMs: now() - lastAt,
    });
    if (!isSame(told, verdict.told)) saveTold(verdict.told);
    told = verdict.told;
    if (verdict.news !== null) {
      lastAt = now();
      show(verdict.news);
    }
    if (verdict.lookAgainInMs !== null) timer = setTimeout(look, verdict.lookAgainInMs);
  };

  return {
    note: (current) => {
      needs = current;
      look();
    },
    look,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function isSame(one: Told, other: Told): boolean {
  const ids = Object.keys(one);
  return ids.length === Object.keys(other).length && ids.every((id) => one[id] === other[id]);
}

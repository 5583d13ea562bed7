import { readHold } from './hold.ts';
import type { LineMarks, Store } from './store.ts';

/** What a 429 means for the line: the limit is the account's, so whatever is behind it would be refused as well. */
type LinePause = Readonly<{
  since: number;
  until: number;
  /** 429s in a row, those of one burst counted once. */
  inARow: number;
}>;

const MINUTE_MS = 60_000;
/** Also when Postscript says "at once": a service that says so to every try must not be tried without pause. */
const SHORTEST_MS = 1000;
/** However long it says: a wrong header must not stop a shop for a day. */
const LONGEST_MS = 60 * MINUTE_MS;
/** Where it does not say for how long, or has said too little before. Half of it by chance. */
const BACK_OFF_MS = [2_000, 5_000, 15_000, MINUTE_MS, 5 * MINUTE_MS] as const;

/** True while nothing may be asked of Postscript by the line. */
export function isLinePaused(line: LineMarks, now: number): boolean {
  const pause = readPause(line);
  // A clock that was set back must not make a pause of minutes one of days.
  return pause !== undefined && now < pause.until && now >= pause.since;
}

/** True while nothing of the line may be handed over, whoever or whatever stops it. */
export function isLineStopped(line: LineMarks, now: number): boolean {
  return readHold(line, now) !== undefined || isLinePaused(line, now);
}

/** After a pause one request tries it out; the others wait for its answer. */
export function isLineTryingOut(line: LineMarks): boolean {
  return readPause(line) !== undefined;
}

/**
 * A request was answered with 429. The line waits as long as it was told, and longer when that was too little before.
 *
 * @returns when it goes on, epoch ms
 */
export function pauseLine(store: Store, retryAfterMs: number | null, random: () => number, now: number): number {
  const before = readPause(store);
  const isSameBurst = isLinePaused(store, now);
  const inARow = (before?.inARow ?? 0) + (isSameBurst ? 0 : 1);
  const ownMs = retryAfterMs === null || inARow > 1 ? backOff(inARow, random) : SHORTEST_MS;
  const until = now + Math.min(LONGEST_MS, Math.max(ownMs, retryAfterMs ?? 0));
  const end = isSameBurst ? Math.max(until, before?.until ?? 0) : until;
  store.setMark('line_pause', `${now} ${end} ${inARow}`);
  return end;
}

/** Any other clear answer ends it, but for those to requests that were made before it began. */
export function endLinePause(store: Store, now: number): void {
  if (isLineTryingOut(store) && !isLinePaused(store, now)) store.setMark('line_pause', null);
}

/** How long to wait by ourselves before that try, ms: longer each time, half of it by chance. */
export function backOff(attempt: number, random: () => number): number {
  const longest = BACK_OFF_MS[Math.min(attempt, BACK_OFF_MS.length) - 1] ?? MINUTE_MS;
  return Math.round(longest / 2 + (random() * longest) / 2);
}

function readPause(line: LineMarks): LinePause | undefined {
  const [since, until, inARow] = (line.mark('line_pause') ?? '').split(' ').map(Number);
  if (since === undefined || until === undefined || inARow === undefined) return undefined;
  return { since, until, inARow };
}

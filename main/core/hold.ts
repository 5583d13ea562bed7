import { holdKinds, type HoldKind } from '../../shared/domain/holds.ts';
import type { LineMarks, Store } from './store.ts';

/** What stops the whole queue. A person releases it, but for an outage, which is over by itself at `until`. */
export type Hold = Readonly<{
  kind: HoldKind;
  since: number;
  until: number | null;
  message: string;
}>;

/** So many requests in a row without a clear answer, and the line waits: each one is a text that may be lost or doubled. */
const UNKNOWNS_IN_A_ROW = 3;
const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 30 * MINUTE_MS;

const kinds: ReadonlySet<unknown> = new Set(holdKinds);

export function readHold(line: LineMarks, now: number): Hold | undefined {
  const value = readStored(line);
  if (value === undefined) return undefined;
  // A clock that was set back must not make a pause of minutes one of days.
  const isOver = value.until !== null && (now >= value.until || now < value.since);
  return isOver ? undefined : value;
}

/** The first reason stands: a storm that also meets a refused key is still a storm. */
export function setHold(store: Store, hold: Hold): void {
  const standing = readHold(store, hold.since);
  if (standing === undefined || standing.kind === 'outage') store.setMark('hold', JSON.stringify(hold));
}

export function clearHold(store: Store, kind: Hold['kind']): void {
  if (readStored(store)?.kind === kind) store.setMark('hold', null);
}

export function readUnknownStreak(line: LineMarks): number {
  return Number(line.mark('unknown_streak') ?? 0);
}

/** Counts requests without a clear answer. A few in a row are an outage: then the line waits, longer each time. */
export function noteClarity(store: Store, isClear: boolean, now: number): void {
  const streak = isClear ? 0 : readUnknownStreak(store) + 1;
  if (streak !== readUnknownStreak(store)) store.setMark('unknown_streak', String(streak));
  if (streak < UNKNOWNS_IN_A_ROW) return;
  const pauseMs = Math.min(MINUTE_MS * 2 ** (streak - UNKNOWNS_IN_A_ROW), LONGEST_PAUSE_MS);
  setHold(store, {
    kind: 'outage',
    since: now,
    until: now + pauseMs,
    message: `Postscript gave no clear answer to the last ${streak} requests. The line waits a while and then tries one delivery; those requests wait for a person.`,
  });
}

function readStored(line: LineMarks): Hold | undefined {
  const text = line.mark('hold');
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return isHold(value) ? value : undefined;
}

function isHold(value: unknown): value is Hold {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    kinds.has(value.kind) &&
    'until' in value &&
    'since' in value
  );
}

/** What a person who watches the shop would want to see happen. */
export type Notable = 'orders' | 'charge_again' | 'text' | 'reply';

/** Something that happens by itself at an instant of practice time. */
export type PlannedEvent = Readonly<{
  at: number;
  sequence: number;
  run: () => void | Promise<void>;
  /** Asked when it matters: by then it may be nothing any more. */
  notable: () => Notable | null;
}>;

/** The practice clock and everything that is planned on it. */
export type Clockwork = Readonly<{
  now: () => number;
  plan: (at: number, run: () => void | Promise<void>, notable?: () => Notable | null) => void;
  nextAt: () => number | null;
  nextNotable: () => Readonly<{ at: number; what: Notable }> | null;
  /** Plays what is due, in order of time and then of planning. One call at a time. */
  advanceTo: (at: number) => Promise<void>;
}>;

const nothing = (): Notable | null => null;

/** How long the clockwork may play without letting HTTP requests in, real ms. */
const breathMs = 15;

/** Starts a clock that stands still until it is advanced. */
export function createClockwork(startAt: number): Clockwork {
  const heap: PlannedEvent[] = [];
  let current = startAt;
  let sequence = 0;

  async function advanceTo(at: number): Promise<void> {
    let breathedAt = Date.now();
    for (let event = heap[0]; event !== undefined && event.at <= at; event = heap[0]) {
      takeFirst(heap);
      current = Math.max(current, event.at);
      const done = event.run();
      if (done !== undefined) await done;
      if (Date.now() - breathedAt > breathMs) {
        await new Promise((resolve) => setImmediate(resolve));
        breathedAt = Date.now();
      }
    }
    current = Math.max(current, at);
  }

  return {
    now: () => current,
    plan: (at, run, notable = nothing) => {
      add(heap, { at: Math.max(at, current), sequence: sequence++, run, notable });
    },
    nextAt: () => heap[0]?.at ?? null,
    nextNotable: () => {
      let first: { at: number; what: Notable } | null = null;
      for (const { at, notable } of heap) {
        const what: Notable | null = first === null || at < first.at ? notable() : null;
        if (what !== null) first = { at, what };
      }
      return first;
    },
    advanceTo,
  };
}

function isBefore(one: PlannedEvent, other: PlannedEvent): boolean {
  return one.at < other.at || (one.at === other.at && one.sequence < other.sequence);
}

function add(heap: PlannedEvent[], event: PlannedEvent): void {
  let place = heap.length;
  heap.push(event);
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || isBefore(parent, event)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = event;
}

function takeFirst(heap: PlannedEvent[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let place = 0;
  for (;;) {
    let below = place * 2 + 1;
    const left = heap[below];
    if (left === undefined) break;
    let child = left;
    const right = heap[below + 1];
    if (right !== undefined && isBefore(right, left)) {
      child = right;
      below++;
    }
    if (isBefore(last, child)) break;
    heap[place] = child;
    place = below;
  }
  heap[place] = last;
}

/** A repeatable source of chance. One stream per concern, so that drawing more for one never changes another. */
export type Random = Readonly<{
  /** From 0 up to, not including, 1. */
  next: () => number;
  /** A whole number from `low` to `high`, both included. */
  between: (low: number, high: number) => number;
  isLucky: (probability: number) => boolean;
  pick: <T>(items: readonly T[]) => T;
  /** Picks by weight. */
  weighted: <const T>(items: readonly (readonly [item: T, weight: number])[]) => T;
}>;

/** FNV-1a over UTF-16 units: spreads short, similar names over the whole 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}

/**
 * Opens the stream of one concern. The same seed and names give the same numbers on every machine.
 *
 * @example createRandom(7, 'answer', '8100000042', '2027-03-14')
 */
export function createRandom(seed: number, ...concern: readonly (string | number)[]): Random {
  let state = hash(`${seed}/${concern.join('/')}`);

  // mulberry32
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  function pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error('Expected at least one item to pick from');
    return item;
  }

  function weighted<const T>(items: readonly (readonly [item: T, weight: number])[]): T {
    let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    return pick(items)[0];
  }

  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    isLucky: (probability) => next() < probability,
    pick,
    weighted,
  };
}

/**
 * A UUID made from a kind and a number: readable in a log, and the same in every run.
 *
 * @example makeUuid('customer', 0, 42)
 */
export function makeUuid(kind: string, seed: number, index: number): string {
  const head = hash(`${kind}/${seed}`).toString(16).padStart(8, '0');
  const middle = hash(`${kind}/${index}/${seed}`).toString(16).padStart(8, '0');
  const tail = index.toString(16).padStart(12, '0');
  // Joined, not concatenated: a joined text is one flat piece, and a large world holds hundreds of thousands of them.
  return [head, middle.slice(0, 4), `4${middle.slice(4, 7)}`, `8${head.slice(0, 3)}`, tail].join('-');
}

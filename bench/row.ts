import type { LargeShop } from './shop/large-shop.ts';

/** One figure of the benchmarks, held against what it must reach. Written to docs/benchmarks.md and printed by `--json`. */
export type Measured = Readonly<{
  name: string;
  figure: number;
  /** `x` for a ratio of two things measured in the same run, else `ms`, `MB`, `%` and so on. */
  unit: string;
  /** In words, with the comparison: `at least 0.8`. Null where a figure is only shown. */
  target: string | null;
  reached: boolean | null;
}>;

export type BenchRow = Readonly<{
  /** What the command line calls it. */
  name: string;
  title: string;
  run: (order: BenchOrder) => Promise<BenchReport>;
}>;

export type BenchOrder = Readonly<{
  /** Subscriptions, and deliveries, of the large shop. Targets are about 1,000,000. */
  rows: number;
  /** A folder of this run's own, on a disk, removed after it. */
  folder: string;
  /** The shop of that size. Built when the first row asks for it, and shared by all rows of a run. */
  shop: LargeShop;
  say: (line: string) => void;
}>;

export type BenchReport = Readonly<{
  measured: readonly Measured[];
  /** Lines below the table: what was compared with what, what was left out and why, a profile. Markdown. */
  notes: readonly string[];
  /** Why nothing was measured; null when it was. */
  skipped: string | null;
}>;

type Figure = Pick<Measured, 'name' | 'figure' | 'unit'>;

export function atLeast(limit: number, figure: Figure): Measured {
  return { ...figure, target: `at least ${limit}`, reached: figure.figure >= limit };
}

export function under(limit: number, figure: Figure): Measured {
  return { ...figure, target: `under ${limit}`, reached: figure.figure < limit };
}

export function atMost(limit: number, figure: Figure): Measured {
  return { ...figure, target: `at most ${limit}`, reached: figure.figure <= limit };
}

/** A figure that is held against nothing. */
export function shown(figure: Figure): Measured {
  return { ...figure, target: null, reached: null };
}

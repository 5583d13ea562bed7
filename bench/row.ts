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
  say: (line: string) => void;
}>;

export type BenchReport = Readonly<{
  measured: readonly Measured[];
  /** Lines below the table: what was compared with what, what was left out and why, a profile. Markdown. */
  notes: readonly string[];
  /** Why nothing was measured; null when it was. */
  skipped: string | null;
}>;

/** One of the proofs that `npm run torture` can run, and that `npm test` runs in a short form. */
export type Part<Size extends string = string> = Readonly<{
  name: string;
  /** What it shows, in one line. */
  title: string;
  /** How much of it: each is a flag of the command line, with the size of the long form. */
  sizes: Readonly<Record<Size, number>>;
  run: (order: PartOrder<Size>) => Promise<PartReport>;
}>;

export type PartOrder<Size extends string = string> = Readonly<{
  /** Everything that chance decides follows from it. */
  seed: number;
  sizes: Readonly<Record<Size, number>>;
  /** The part ends by itself after that long, with what it has shown until then; null for no limit. */
  minutes: number | null;
  /** One case of an earlier run, as its finding has named it; null for all of them. */
  replay: string | null;
  /** A line of progress for whoever waits. */
  say: (line: string) => void;
}>;

export type Figure = Readonly<{ name: string; value: number | string }>;

export type Finding = Readonly<{
  what: string;
  /** What `--replay` takes to play this case alone, with a timeline. */
  replay: string | null;
}>;

export type PartReport = Readonly<{
  figures: readonly Figure[];
  /** Empty when all went well. */
  findings: readonly Finding[];
  /** Why it could not be run here; null when it was run. */
  skipped: string | null;
}>;

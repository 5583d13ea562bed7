/** The value below which that part of the values lies; `part` from 0 to 1. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new Error('Expected at least one value');
  return value;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** In words, for a note: how far the repetitions lie apart. */
export function describeSpread(values: readonly number[], digits = 2): string {
  const [least, middle, most] = [percentile(values, 0), median(values), percentile(values, 1)];
  return `${least.toFixed(digits)} / ${middle.toFixed(digits)} / ${most.toFixed(digits)} (least, median, most of ${values.length})`;
}

/** What a piece of work took, ms: by the clock, and of it on a processor. A busy machine makes the
 * first one longer; the second is counted in the system's ticks of some milliseconds, so it says nothing of short work. */
export type Took = Readonly<{ ms: number; cpuMs: number }>;

export function timeOf(work: () => unknown): Took {
  const cpu = process.threadCpuUsage();
  const startedAt = performance.now();
  work();
  const ms = performance.now() - startedAt;
  const { user, system } = process.threadCpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

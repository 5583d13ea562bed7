/** The merchant's computer: what its clock shows while the true time goes on, and when it sleeps. */

export type Disturbance = Readonly<{ from: number; until: number }> &
  (Readonly<{ kind: 'asleep' }> | Readonly<{ kind: 'clock set'; byMs: number }>);

export type Computer = Readonly<{
  reading: (at: number) => number;
  isAsleep: (at: number) => boolean;
  /** True when its clock was ahead at some time of that stretch. */
  wasAhead: (from: number, until: number) => boolean;
  /** The instants at which something of this changes, in order. */
  turns: readonly number[];
}>;

export function createComputer(disturbances: readonly Disturbance[]): Computer {
  const offsetAt = (at: number): number =>
    disturbances.reduce(
      (sum, each) => (each.kind === 'clock set' && at >= each.from && at < each.until ? sum + each.byMs : sum),
      0,
    );
  return {
    reading: (at) => at + offsetAt(at),
    isAsleep: (at) => disturbances.some(({ kind, from, until }) => kind === 'asleep' && at >= from && at < until),
    wasAhead: (from, until) =>
      disturbances.some(
        (each) => each.kind === 'clock set' && each.byMs > 0 && each.from <= until && each.until >= from,
      ),
    turns: disturbances.flatMap(({ from, until }) => [from, until]).toSorted((a, b) => a - b),
  };
}

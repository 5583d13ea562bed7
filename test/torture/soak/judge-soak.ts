import type { Sample } from './soak-messages.ts';

export type SoakLimits = Readonly<{
  /** Hours from which on memory is looked at: caches fill and code is compiled before. */
  warmHours: number;
  /** Most growth of resident memory, MB an hour; null where a run is too short for it to mean anything. */
  rssMbPerHour: number | null;
  /** Most growth of what is left when the garbage is gone, MB an hour. */
  keptMbPerHour: number;
  walMb: number;
  /** Handles and descriptors may go up and down by so many: connections are kept alive for a while. */
  handles: number;
}>;

export type SoakVerdict = Readonly<{
  rssMbPerHour: number;
  keptMbPerHour: number;
  mostWalMb: number;
  /** How many more were open in the last third than in the first, at the most. */
  moreHandles: number;
  moreDescriptors: number;
  findings: readonly string[];
}>;

/** Holds the samples of a run against what must stay flat. Pure. */
export function judgeSoak(samples: readonly Sample[], mostWalMb: number, limits: SoakLimits): SoakVerdict {
  const warm = samples.filter(({ hour }) => hour >= limits.warmHours);
  const rssMbPerHour = slopeOf(warm.map(({ hour, rssMb }) => [hour, rssMb]));
  const keptMbPerHour = slopeOf(warm.map(({ hour, keptMb }) => [hour, keptMb]));
  const moreHandles = growthOf(warm.map(({ handles }) => handles));
  const moreDescriptors = growthOf(warm.map(({ descriptors }) => descriptors ?? 0));
  const findings: string[] = [];
  if (limits.rssMbPerHour !== null && rssMbPerHour > limits.rssMbPerHour)
    findings.push(`Resident memory grows by ${rssMbPerHour} MB an hour.`);
  if (keptMbPerHour > limits.keptMbPerHour) findings.push(`What is kept grows by ${keptMbPerHour} MB an hour.`);
  if (mostWalMb > limits.walMb) findings.push(`The WAL grew to ${mostWalMb} MB.`);
  if (moreHandles > limits.handles) findings.push(`${moreHandles} more handles are open at the end.`);
  if (moreDescriptors > limits.handles) findings.push(`${moreDescriptors} more file descriptors are open at the end.`);
  return { rssMbPerHour, keptMbPerHour, mostWalMb, moreHandles, moreDescriptors, findings };
}

/** Of the line with the least squares through the points; 0 for fewer than two. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const count = points.length;
  if (count < 2) return 0;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return below === 0 ? 0 : Math.round((above / below) * 100) / 100;
}

function growthOf(counts: readonly number[]): number {
  const third = Math.max(1, Math.floor(counts.length / 3));
  return Math.max(...counts.slice(-third), 0) - Math.max(...counts.slice(0, third), 0);
}

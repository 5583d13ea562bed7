import type { Figure, Finding } from '../part.ts';

/** One kind of input that is fuzzed, and how much of it was tried. */
export type SuiteOrder = Readonly<{
  seed: number;
  size: number;
  /** Epoch ms after which nothing new is begun. */
  until: number;
  /** One case alone. */
  only: number | null;
  say: (line: string) => void;
}>;

export type SuiteReport = Readonly<{ figures: readonly Figure[]; findings: readonly Finding[] }>;

/** Cases are numbered, and each follows from the seed and its number alone, so that each can be played again. */
export type Suite = (order: SuiteOrder) => Promise<SuiteReport>;

/** Runs case after case until there are enough; what a case finds is told with its number. */
export async function runCases(
  name: string,
  { size, until, only, say }: SuiteOrder,
  run: (number: number) => Promise<Readonly<{ tried: number; findings: readonly string[] }>>,
): Promise<Readonly<{ tried: number; findings: readonly Finding[] }>> {
  const findings: Finding[] = [];
  let tried = 0;
  let said = 0;
  for (let number = only ?? 0; tried < size; number += 1) {
    const report = await run(number);
    tried += report.tried;
    for (const what of report.findings)
      findings.push({ what: `${name}, case ${number}: ${what}`, replay: `${name}:${number}` });
    // The same mistake in every case would fill the screen, and says nothing more.
    if (only !== null || Date.now() >= until || findings.length > 40) break;
    if (tried - said >= size / 10) {
      said = tried;
      say(`${name}: ${tried} of ${size}`);
    }
  }
  return { tried, findings };
}

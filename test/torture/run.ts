import { randomInt } from 'node:crypto';
import { describeUsage, readOptions, UsageError, type TortureOptions } from './options.ts';
import { parts } from './parts.ts';
import { toError } from '../../shared/result.ts';
import type { Part, PartReport } from './part.ts';

/** Entry of `npm run torture`: runs the parts one after the other and says what each has shown. */

type Outcome = Readonly<{ part: string; seconds: number; replay: readonly string[] }> & PartReport;

async function runPart(part: Part, options: TortureOptions): Promise<Outcome> {
  const { seed, sizes, minutes, replay, isJson } = options;
  // Progress goes beside the report, so that `--json` stays one document.
  const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
  if (!isJson) console.log(`\n${part.name}: ${part.title} (seed ${seed})`);
  const startedAt = performance.now();
  const report = await part.run({ seed, sizes, minutes, replay, say }).catch((thrown: unknown): PartReport => ({
    figures: [],
    findings: [{ what: `It broke off: ${toError(thrown).stack ?? String(thrown)}`, replay }],
    skipped: null,
  }));
  const replays = report.findings.flatMap((finding) =>
    finding.replay === null ? [] : [`npm run torture -- ${part.name} --seed ${seed} --replay ${finding.replay}`],
  );
  return {
    part: part.name,
    ...report,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    replay: [...new Set(replays)],
  };
}

function print({ part, skipped, figures, findings, replay, seconds }: Outcome): void {
  if (skipped !== null) {
    console.log(`  SKIPPED: ${skipped}`);
    return;
  }
  for (const { name, value } of figures) console.log(`  ${name.padEnd(44)} ${value}`);
  for (const { what } of findings) console.log(`  FOUND: ${what}`);
  for (const command of replay) console.log(`  Replay it with: ${command}`);
  console.log(`  ${part}: ${findings.length === 0 ? 'passed' : `${findings.length} findings`}, ${seconds} s`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), parts, randomInt(1, 2 ** 31));
  if (options.isHelp) {
    console.log(describeUsage(parts));
    return;
  }
  const outcomes: Outcome[] = [];
  for (const part of options.parts) {
    const outcome = await runPart(part, options);
    outcomes.push(outcome);
    if (!options.isJson) print(outcome);
  }
  if (options.isJson) console.log(JSON.stringify({ seed: options.seed, parts: outcomes }, null, 2));
  const failed = outcomes.filter(({ findings }) => findings.length > 0).length;
  const skipped = outcomes.filter((outcome) => outcome.skipped !== null).length;
  if (!options.isJson)
    console.log(`\n${outcomes.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

import { parseArgs } from 'node:util';
import type { Part } from './part.ts';

export type TortureOptions = Readonly<{
  parts: readonly Part[];
  seed: number;
  /** The sizes of all parts, by name. */
  sizes: Readonly<Record<string, number>>;
  minutes: number | null;
  replay: string | null;
  isJson: boolean;
  /** Only the usage is asked for. */
  isHelp: boolean;
}>;

export class UsageError extends Error {}

/**
 * Reads the command line. Without names all parts run; a size that is set without names chooses the parts that have it,
 * so that `--kills 1000` alone is about kills.
 *
 * @throws UsageError with a sentence
 */
export function readOptions(args: readonly string[], all: readonly Part[], newSeed: number): TortureOptions {
  const sizes = Object.fromEntries(all.flatMap((part) => Object.entries(part.sizes)));
  const { values, positionals } = parse(args, Object.keys(sizes));
  const given = Object.keys(sizes).filter((name) => values[name] !== undefined);
  for (const name of given) sizes[name] = readCount(name, values[name]);
  const { seed, minutes, replay, json, help } = values;
  return {
    parts: chooseParts(all, positionals, given),
    seed: seed === undefined ? newSeed : readCount('seed', seed),
    sizes,
    minutes: minutes === undefined ? null : readCount('minutes', minutes),
    replay: typeof replay === 'string' ? replay : null,
    isJson: json === true,
    isHelp: help === true,
  };
}

/** What `--help` prints. */
export function describeUsage(all: readonly Part[]): string {
  const describePart = ({ name, title, sizes }: Part): readonly string[] => {
    const flags = Object.entries(sizes).map(([size, value]) => `[--${size} ${value}]`);
    return [`  ${name.padEnd(12)}${title}`, ...(flags.length === 0 ? [] : [`${' '.repeat(14)}${flags.join(' ')}`])];
  };
  return [
    'Usage: npm run torture -- [PART ...] [--seed N] [--minutes M] [--replay CASE] [--json]',
    '',
    'Without a part all of them run in their long form.',
    '',
    ...all.flatMap(describePart),
    '',
    '  --seed N      plays the same chance again',
    '  --minutes M   ends each part after that long, with what it has shown until then',
    '  --replay CASE plays one case alone, as its finding has named it',
    '  --json        the report as one document',
  ].join('\n');
}

function chooseParts(all: readonly Part[], names: readonly string[], given: readonly string[]): readonly Part[] {
  const unknown = names.find((name) => all.every((part) => part.name !== name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no part named ${unknown}. There are: ${all.map(({ name }) => name).join(', ')}.`);
  }
  if (names.length > 0) return all.filter(({ name }) => names.includes(name));
  return given.length > 0 ? all.filter((part) => given.some((name) => name in part.sizes)) : all;
}

type Parsed = Readonly<{
  values: Readonly<Record<string, string | boolean | undefined>>;
  positionals: readonly string[];
}>;

function parse(args: readonly string[], sizes: readonly string[]): Parsed {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(sizes.map((name) => [name, text])),
        seed: text,
        minutes: text,
        replay: text,
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function readCount(name: string, value: string | boolean | undefined): number {
  const count = Number(value);
  if (!Number.isSafeInteger(count) || count < 1) throw new UsageError(`--${name} takes a whole number from 1 on.`);
  return count;
}

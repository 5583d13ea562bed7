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
  const { seed, minutes, replay, json } = values;
  return {
    parts: chooseParts(all, positionals, given),
    seed: seed === undefined ? newSeed : readCount('seed', seed),
    sizes,
    minutes: minutes === undefined ? null : readCount('minutes', minutes),
    replay: typeof replay === 'string' ? replay : null,
    isJson: json === true,
  };
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

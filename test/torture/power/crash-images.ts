import { rmSync } from 'node:fs';
import { createRandom } from '../../../main/practice/random.ts';
import { toError } from '../../../shared/result.ts';
import { createDisk, fates, type Disk, type Fate, type Lie } from './disk-model.ts';
import { findBroken, openShopOf, startOn, writeImage, type Opened } from './judge-image.ts';
import { noPromises } from './promises.ts';
import type { Recording } from './recording.ts';

export type ImageVerdict = Readonly<{
  /** The power went before this operation. */
  cut: number;
  fate: Fate;
  /** Rows, keys, backups or messages that somebody relied on and that are not there. */
  lost: readonly string[];
  /** What cannot be used, or holds what the database never held. */
  damaged: readonly string[];
}>;

export type ImagesOrder = Readonly<{
  recording: Recording;
  /** Where images are put, one after the other. */
  folder: string;
  images: number;
  seed: number;
  lie?: Lie;
  /** Only this cut and fate. */
  only?: Readonly<{ cut: number; fate: Fate }>;
  mayGoOn?: () => boolean;
}>;

/** The engine is started whole on one image of so many; opening the database is tried on each. */
const STARTS_EVERY = 20;

/**
 * Cuts the power at points of a recording and judges what is left with the product's own recovery.
 *
 * The shop's database must hold what it held when somebody outside last relied on it, or what a commit after that made
 * of it, and nothing in between.
 */
export async function judgeImages(order: ImagesOrder): Promise<readonly ImageVerdict[]> {
  const { recording, folder, images, seed, lie = null, only, mayGoOn = () => true } = order;
  const { root, operations, promises, marks } = recording;
  const draw = createRandom(seed, 'cuts', root.length);
  const cuts = (
    only === undefined
      ? Array.from({ length: images }, (_, index) => ({
          cut: draw.between(marks[0] ?? 0, operations.length),
          fate: fates[index % fates.length] ?? 'dropped',
        }))
      : [only]
  ).toSorted((one, other) => one.cut - other.cut);

  const history = createHistory(recording, folder);
  const disk = createDisk(root, lie);
  const verdicts: ImageVerdict[] = [];
  let applied = 0;
  for (const { cut, fate } of cuts) {
    if (!mayGoOn()) break;
    for (const operation of operations.slice(applied, cut)) disk.apply(operation);
    applied = cut;
    const relied = marks.findLast((mark) => mark <= cut) ?? 0;
    const next = marks.find((mark) => mark > cut) ?? operations.length;
    const allowed = history.between(relied, next);
    const random = createRandom(seed, 'image', cut, fate);
    writeImage(disk.cut(fate, random), root, folder);
    const shop = openShopOf(folder);
    const lost: string[] = [];
    const damaged: string[] = [];
    if (shop.kind === 'unusable') damaged.push(`the database: ${shop.why}`);
    else if (!allowed.has(shop.digest)) {
      if (history.knows(shop.digest) || lie !== null) lost.push('rows of the database');
      else damaged.push('the database holds what it never held');
    }
    for (const problem of await findBroken(folder, promises[cut] ?? promises.at(-1) ?? noPromises)) lost.push(problem);
    if (verdicts.length % STARTS_EVERY === 0 || only !== undefined) {
      const problem = await startOn(folder).then(
        () => null,
        (error: unknown) => `the engine does not start: ${toError(error).message}`,
      );
      if (problem !== null) damaged.push(problem);
    }
    verdicts.push({ cut, fate, lost, damaged });
  }
  rmSync(folder, { recursive: true, force: true });
  return verdicts;
}

/** What the database held after each sync, had the power never gone. */
function createHistory({ root, operations }: Recording, folder: string) {
  const disk: Disk = createDisk(root);
  const random = createRandom(1);
  const known = new Map<string, number>();
  const at = new Map<number, string>();
  let applied = 0;

  function lookAt(place: number): string {
    const before = at.get(place);
    if (before !== undefined) return before;
    for (const operation of operations.slice(applied, place)) disk.apply(operation);
    applied = place;
    writeImage(disk.cut('kept', random), root, folder);
    const digest = toDigest(openShopOf(folder));
    at.set(place, digest);
    if (!known.has(digest)) known.set(digest, place);
    return digest;
  }

  return {
    /** From one operation to another, both included; asked for in rising order. */
    between: (from: number, to: number): ReadonlySet<string> => {
      const places = [from];
      for (let place = from + 1; place < to; place += 1)
        if (operations[place - 1]?.kind === 'sync' || operations[place - 1]?.kind === 'rename') places.push(place);
      return new Set([...places, to].map(lookAt));
    },
    knows: (digest: string): boolean => known.has(digest),
  };
}

function toDigest(opened: Opened): string {
  if (opened.kind === 'unusable') throw new Error(`What a kill leaves behind cannot be opened: ${opened.why}`);
  return opened.digest;
}

import type { Random } from '../../../main/practice/random.ts';
import { pickOdd } from './odd-values.ts';

type Holder = Readonly<{ of: Record<string, unknown> | unknown[]; key: string | number }>;

/** A changed copy: from one to three places of the value are other than they were. */
export function mutate(value: unknown, random: Random): unknown {
  const root = { value: structuredClone(value) };
  const times = random.weighted([
    [1, 70],
    [2, 20],
    [3, 10],
  ]);
  for (let time = 0; time < times; time += 1) {
    const places = listPlaces(root);
    // The whole row goes now and then, and not in nearly every mutation of a small one.
    const [whole, ...inner] = places;
    const place = inner.length === 0 || random.isLucky(0.03) ? whole : random.pick(inner);
    if (place !== undefined) changeAt(place, random);
  }
  return root.value;
}

function listPlaces(of: Record<string, unknown> | unknown[], depth = 0): Holder[] {
  if (depth > 8) return [];
  const keys: (string | number)[] = Array.isArray(of) ? [...of.keys()].slice(0, 20) : Object.keys(of).slice(0, 80);
  return keys.flatMap((key) => {
    const inner = read({ of, key });
    const own: Holder = { of, key };
    return isHolder(inner) ? [own, ...listPlaces(inner, depth + 1)] : [own];
  });
}

function changeAt(place: Holder, random: Random): void {
  const before = read(place);
  const kind = random.weighted([
    ['odd', 50],
    ['remove', 15],
    ['rename', 8],
    ['wrap', 6],
    ['retype', 12],
    ['text', 9],
  ]);
  switch (kind) {
    case 'odd':
      write(place, pickOdd(random));
      break;
    case 'remove':
      remove(place);
      break;
    case 'rename':
      remove(place);
      write({ ...place, key: random.pick([`${place.key} `, String(place.key).toUpperCase(), '__proto__']) }, before);
      break;
    case 'wrap':
      write(place, random.pick([[before], { value: before }, { 0: before, length: 1 }]));
      break;
    case 'retype':
      write(place, retype(before));
      break;
    case 'text':
      write(place, typeof before === 'string' ? mutateText(before, random) : pickOdd(random));
      break;
  }
}

/** A number as text and text as a number, as services do by themselves. */
function retype(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value !== '' && Number.isFinite(Number(value))) return Number(value);
  return value === null ? 'null' : [value];
}

/** Small damage to text: a letter less, more or other. */
export function mutateText(text: string, random: Random): string {
  const at = random.between(0, text.length);
  const odd = random.pick(['\u0000', '\ud83d', '\u202e', ' ', '9', '-', 'T', 'é', '\u2028', '"']);
  return random.pick([
    text.slice(0, at) + odd + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + odd + text.slice(at + 1),
    text.slice(0, at),
    text + text,
    text.toUpperCase(),
  ]);
}

function isHolder(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null;
}

function read({ of, key }: Holder): unknown {
  return Reflect.get(of, key);
}

function remove({ of, key }: Holder): void {
  if (Array.isArray(of)) of.splice(Number(key), 1);
  else Reflect.deleteProperty(of, key);
}

/** Not assigned: `__proto__` is to be a member like any other, as it is in a JSON text. */
function write({ of, key }: Holder, value: unknown): void {
  Object.defineProperty(of, key, { value, enumerable: true, configurable: true, writable: true });
}

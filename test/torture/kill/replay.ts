import { fates, type Fate, type Seen } from './gate.ts';
import type { Kill } from './shop-plan.ts';

/** How a run that found something is named, so that the same kills can be played again. */

const fateLetters = { arrived: '', applied: 'a', late: 'l', later: 'n' } as const satisfies Record<Fate, string>;

/**
 * Where a life ended: `p123` before the point after the 122nd, `r17a` at its 17th request, with the fate.
 *
 * A kill at a moment is named by the point that it happened to hit; one that came when the life had done all it was to
 * do, by the point that it would have hit.
 */
export function nameKill(
  kill: Kill,
  { reached, points, wasByItsOwnHand }: Readonly<{ reached: Seen | null; points: number; wasByItsOwnHand: boolean }>,
): string {
  if (kill.kind === 'request' && reached !== null) return `r${reached.request}${fateLetters[kill.fate]}`;
  return `p${wasByItsOwnHand ? points : points + 1}`;
}

/** What `--replay` takes: the shop, and where each of its lives ended. */
export function nameReplay(shop: number, lives: readonly Readonly<{ killed: string }>[]): string {
  return `${shop}:${lives.map(({ killed }) => killed).join(',')}`;
}

/** @throws Error with a sentence */
export function readReplay(text: string): Readonly<{ shop: number; kills: readonly Kill[] }> {
  const [shop = '', names = ''] = text.split(':');
  if (!/^\d+$/.test(shop)) throw new Error('--replay takes what a finding has named, such as 3:p120,r17a.');
  return { shop: Number(shop), kills: names === '' ? [] : names.split(',').map(readKill) };
}

function readKill(name: string): Kill {
  const [, kind, number, letter] = /^([pr])(\d+)([aln]?)$/.exec(name) ?? [];
  if (kind === undefined) throw new Error(`There is no kill ${name}.`);
  if (kind === 'p') return { kind: 'point', number: Number(number) };
  const fate = fates.find((one) => fateLetters[one] === letter) ?? 'arrived';
  return { kind: 'request', request: Number(number), fate };
}

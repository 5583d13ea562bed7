import { countSegments, type SegmentCount } from './segments.ts';
import { renderMessage, type TagValues } from './template.ts';

/** One person's text, counted. */
export type CountedText<Who> = Readonly<{ who: Who; text: string; count: SegmentCount }>;

export type SegmentRange<Who> = Readonly<{ cheapest: CountedText<Who>; dearest: CountedText<Who> }>;

/**
 * Between which two texts all of these people's texts lie: by segments, then by length.
 *
 * Null when there is nobody. Equal texts are counted once: most copy says the same to nearly everybody.
 */
export function findSegmentRange<Who extends Readonly<{ values: TagValues }>>(
  copy: string,
  people: readonly Who[],
): SegmentRange<Who> | null {
  const counts = new Map<string, SegmentCount>();
  let cheapest: CountedText<Who> | undefined;
  let dearest: CountedText<Who> | undefined;
  for (const who of people) {
    const text = renderMessage(copy, who.values);
    if (counts.has(text)) continue;
    const count = countSegments(text);
    counts.set(text, count);
    const counted = { who, text, count };
    if (cheapest === undefined || isDearer(cheapest.count, count)) cheapest = counted;
    if (dearest === undefined || isDearer(count, dearest.count)) dearest = counted;
  }
  return cheapest === undefined || dearest === undefined ? null : { cheapest, dearest };
}

const bitsPerUnit = { 'GSM-7': 7, 'UCS-2': 16 } as const;

function isDearer(a: SegmentCount, b: SegmentCount): boolean {
  if (a.segments !== b.segments) return a.segments > b.segments;
  return a.units * bitsPerUnit[a.encoding] > b.units * bitsPerUnit[b.encoding];
}

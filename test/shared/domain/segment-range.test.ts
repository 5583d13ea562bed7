import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { findSegmentRange } from '../../../shared/domain/segment-range.ts';
import { splitSegments } from '../../../shared/domain/segments.ts';
import { renderMessage, shopPrefix } from '../../../shared/domain/template.ts';

const person = (firstName: string, shopName = '') => ({ values: { first_name: firstName, shop_name: shopName } });

describe('findSegmentRange', () => {
  it('is the least and the most that the library counts for any of these people', () => {
    const names = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 }));
    fc.assert(
      fc.property(names, fc.array(names, { minLength: 1, maxLength: 12 }), (start, people) => {
        const copy = `${start.replace(/[{}]/g, '')} {first_name} ${'a'.repeat(120)} {first_name}`;
        const counts = people.map(
          (name) => new SegmentedMessage(renderMessage(copy, person(name).values)).segmentsCount,
        );
        const range = findSegmentRange(
          copy,
          people.map((name) => person(name)),
        );
        expect([range?.cheapest.count.segments, range?.dearest.count.segments]).toEqual([
          Math.min(...counts),
          Math.max(...counts),
        ]);
      }),
    );
  });

  it('names whose text it is, and takes the longer of two that cost the same', () => {
    const range = findSegmentRange('Hi {first_name}', [person('Al'), person('Maximiliana'), person('Bo')]);
    expect([range?.cheapest.text, range?.dearest.text]).toEqual(['Hi Al', 'Hi Maximiliana']);
    expect(findSegmentRange('Hi', [])).toBeNull();
  });

  it('counts the shop’s name that Postscript puts in front, and never twice', () => {
    const units = (copy: string) => findSegmentRange(copy, [person('Al', 'Fern')])?.dearest.count.units;
    expect(units('Hi {first_name}')).toBe('Fern: Hi Al'.length);
    expect(units('{shop_name}: Hi {first_name}')).toBe('Fern: Hi Al'.length);
    expect(units('fern says hi')).toBe('fern says hi'.length);
    expect(shopPrefix('', 'Fern')).toBe('');
  });
});

describe('splitSegments', () => {
  it('gives the text back, in as many parts as it is billed in, none longer than fits', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(fc.constantFrom('a', '€', '{', ' '), fc.string({ unit: 'grapheme', maxLength: 1 })),
          maxLength: 500,
        }),
        (text) => {
          const parts = splitSegments(text);
          expect(parts.join('')).toBe(text);
          expect(parts).toHaveLength(text === '' ? 0 : new SegmentedMessage(text).segmentsCount);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { countSegments } from '../../../shared/domain/segments.ts';

/** The alphabet of GSM 03.38, written down apart from the library. */
const gsmBasic = Array.from(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const gsmExtended = Array.from('^{}\\[~]|€');

/** Parts by the rules of postscript-api.md 9.1: a character is never split over two parts. */
function partsOf(sizes: readonly number[], single: number, multi: number): number {
  if (sizes.reduce((sum, size) => sum + size, 0) <= single) return 1;
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > multi) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}

function counted(text: string) {
  const { encoding, units, segments } = countSegments(text);
  return [encoding, units, segments];
}

describe('countSegments', () => {
  it.each([
    ['', ['GSM-7', 0, 0]],
    ['Hi', ['GSM-7', 2, 1]],
    ['a'.repeat(160), ['GSM-7', 160, 1]],
    ['a'.repeat(161), ['GSM-7', 161, 2]],
    ['a'.repeat(306), ['GSM-7', 306, 2]],
    ['a'.repeat(307), ['GSM-7', 307, 3]],
    ['€'.repeat(80), ['GSM-7', 160, 1]],
    ['{}[]~|^\\€', ['GSM-7', 18, 1]],
    [`${'a'.repeat(152)}€${'a'.repeat(10)}`, ['GSM-7', 164, 2]],
    ['ł'.repeat(70), ['UCS-2', 70, 1]],
    ['ł'.repeat(71), ['UCS-2', 71, 2]],
    ['ł{}', ['UCS-2', 3, 1]],
    ['👍', ['UCS-2', 2, 1]],
    [`${'a'.repeat(66)}👍${'a'.repeat(67)}`, ['UCS-2', 135, 3]],
  ])('counts %j as %j', (text, expected) => {
    expect(counted(text)).toEqual(expected);
  });

  it('names every character that forces Unicode, with its place and what to write instead', () => {
    expect(countSegments('“Hi” — it’s 3…\u00a0ê 🙏🏽 日 e\u0301 ½ \u200b').unicodeCharacters).toEqual([
      { character: '“', start: 0, replacement: '"' },
      { character: '”', start: 3, replacement: '"' },
      { character: '—', start: 5, replacement: '-' },
      { character: '’', start: 9, replacement: "'" },
      { character: '…', start: 13, replacement: '...' },
      { character: '\u00a0', start: 14, replacement: ' ' },
      { character: 'ê', start: 15, replacement: 'e' },
      { character: '🙏🏽', start: 17, replacement: null },
      { character: '日', start: 22, replacement: null },
      { character: 'e\u0301', start: 24, replacement: 'é' },
      { character: '½', start: 27, replacement: '1/2' },
      { character: '\u200b', start: 29, replacement: '' },
    ]);
  });

  it('agrees with the rules of GSM 03.38 on every text of its alphabet', () => {
    const gsm = fc.array(fc.constantFrom(...gsmBasic, ...gsmExtended), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(gsm, (characters) => {
        const sizes = characters.map((character) => (gsmExtended.includes(character) ? 2 : 1));
        const units = sizes.reduce((sum, size) => sum + size, 0);
        expect(countSegments(characters.join(''))).toEqual({
          encoding: 'GSM-7',
          units,
          segments: partsOf(sizes, 160, 153),
          unicodeCharacters: [],
        });
      }),
      { numRuns: 50 },
    );
  });

  it('agrees with the rules of UCS-2 as soon as one other character is there', () => {
    const mixed = fc.array(fc.constantFrom('a', '{', 'ł', '日', '😀', '“'), { maxLength: 250 });
    fc.assert(
      fc.property(mixed, (rest) => {
        const characters = ['ł', ...rest];
        const sizes = characters.map((character) => character.length);
        expect(counted(characters.join(''))).toEqual(['UCS-2', characters.join('').length, partsOf(sizes, 70, 67)]);
      }),
      { numRuns: 50 },
    );
  });

  it('agrees with the library on any text, offenders included', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
    );
    fc.assert(
      fc.property(text, (body) => {
        const library = new SegmentedMessage(body);
        const { encoding, segments, unicodeCharacters } = countSegments(body);
        expect([encoding, segments, unicodeCharacters.map(({ character }) => character)]).toEqual([
          library.encodingName,
          library.segmentsCount,
          library.getNonGsmCharacters(),
        ]);
        for (const { character, start } of unicodeCharacters) {
          expect(body.slice(start, start + character.length)).toBe(character);
        }
      }),
    );
  });

  it('makes the whole text GSM-7 when every offender has a replacement and takes it', () => {
    const text = fc
      .array(fc.constantFrom(...Array.from('aé “”‘’–—…•ê½™ñÃ'), '\u00a0', '\u200b', '\ufb01', 'e\u0301', '😀'), {
        maxLength: 40,
      })
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, (body) => {
        let fixed = body;
        for (const { character, start, replacement } of countSegments(body).unicodeCharacters.toReversed()) {
          fixed = fixed.slice(0, start) + (replacement ?? '') + fixed.slice(start + character.length);
        }
        expect(countSegments(fixed)).toMatchObject({ encoding: 'GSM-7', unicodeCharacters: [] });
      }),
    );
  });
});

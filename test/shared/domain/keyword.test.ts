import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Keyword, optOutWords, readKeyword } from '../../../shared/domain/keyword.ts';

const decoration = fc
  .array(
    fc.constantFrom(
      ' ',
      '\n',
      '\t',
      '!',
      '.',
      ',',
      '?',
      '*',
      '"',
      '“',
      '”',
      '’',
      '-',
      '_',
      '#',
      '🙏',
      '👍🏽',
      '❤️',
      '\u200b',
      '\ufeff',
      '\u200f',
      '\u00a0',
    ),
    { maxLength: 8 },
  )
  .map((characters) => characters.join(''));

/** The same word with each letter in either case. */
const inAnyCase = (word: string) =>
  fc
    .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
    .map((upper) =>
      Array.from(word, (letter, i) => (upper[i] === true ? letter.toUpperCase() : letter.toLowerCase())).join(''),
    );

function readAll(bodies: readonly string[]): Readonly<Record<string, Keyword | null>> {
  return Object.fromEntries(bodies.map((body) => [body, readKeyword(body)]));
}

function allAs(bodies: readonly string[], keyword: Keyword | null): Readonly<Record<string, Keyword | null>> {
  return Object.fromEntries(bodies.map((body) => [body, keyword]));
}

describe('readKeyword', () => {
  it('reads SKIP whatever its case, punctuation, politeness or lettering', () => {
    const bodies = [
      'SKIP',
      'skip',
      ' Skip \n',
      'Skip!',
      'SKIP.',
      'skip please',
      'Skip, please!!',
      'pls skip',
      'Plz skip 🙏',
      'Please skip this one, thank you so much!',
      'Skip, thanks!',
      'Thanks, skip',
      '“skip”',
      "'Skip'",
      '*SKIP*',
      'skip skip',
      'SKIP!!! SKIP!!!',
      'skip it',
      'skip it please',
      'skip this order',
      'Yes, skip',
      'yes please skip',
      'ok skip this one ty',
      'Hi! Skip please',
      '👍🏽 skip ❤️',
      'ＳＫＩＰ',
      '𝐒𝐊𝐈𝐏',
      'ⓢⓚⓘⓟ',
      's\u200bk\u200di\ufeffp',
      '\u202aSKIP\u202c',
      'SKİP',
      'skıp',
      'SKIP\0',
    ];
    expect(readAll(bodies)).toEqual(allAs(bodies, 'SKIP'));
  });

  it('reads opt-out words as opt-outs, never as keywords', () => {
    const bodies = [
      ...optOutWords,
      'stop',
      'Stop.',
      'stop please',
      'Please stop!',
      'STOP STOP STOP',
      'stop all',
      'Opt-out',
      'opt out, thanks',
      'ok cancel',
      'Stop. Unsubscribe.',
      'ＳＴＯＰ',
    ];
    expect(readAll(bodies)).toEqual(allAs(bodies, 'OPT_OUT'));
  });

  it('leaves to a person what only contains the word', () => {
    const bodies = [
      '',
      '   ',
      '!!!',
      '🙏',
      'please',
      'yes',
      "don't skip",
      'don’t skip',
      "please don't skip",
      'dont skip',
      'do not skip',
      'no skip',
      'No, skip',
      'never skip',
      'not skip',
      'no-skip',
      'skip not',
      'skip? no',
      'SKIP no thanks',
      'can I skip?',
      'skip 2',
      'skip two',
      'skip the next two orders please',
      'I want to skip',
      'how do I skip this?',
      'skip or stop',
      'stop / skip',
      'skip, actually wait',
      'skip it and change my address',
      'un-skip',
      'unskip',
      'skipping',
      'skipped',
      'skips',
      'skip1',
      'SKIPPY',
      's k i p',
      'kip',
      'Loved “Heads up: your upcoming subscription will ship in 3 days. Just reply SKIP”',
      'Liked "SKIP"',
      'to skip or not to skip',
      "please don't stop",
      'do not cancel',
      'stop texting me about coffee',
      'when does it end',
      'cancel this one',
      'unstop',
      'START',
      'HELP',
    ];
    expect(readAll(bodies)).toEqual(allAs(bodies, null));
  });

  it('reads the same keyword under any case, punctuation, emoji and white space around it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('skip', 'skip it', 'please skip', ...optOutWords).chain(inAnyCase),
        decoration,
        decoration,
        (word, front, back) => {
          const plain = readKeyword(word);
          expect(plain).not.toBeNull();
          expect(readKeyword(front + word + back)).toBe(plain);
        },
      ),
    );
  });

  it('never reads a keyword once a word that could turn it round is there', () => {
    const brake = fc.constantFrom("don't", 'not', 'no', 'never', 'if', 'why', 'or', 'un');
    const rest = fc.array(fc.constantFrom('skip', 'stop', 'please', 'thanks', 'it', 'ok', '!', '🙏'), { maxLength: 5 });
    fc.assert(
      fc.property(rest, brake, rest, (front, word, back) => {
        expect(readKeyword([...front, word, ...back].join(' '))).toBeNull();
      }),
    );
  });

  it('takes any text at all without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (body) => {
        expect([null, 'SKIP', 'OPT_OUT']).toContain(readKeyword(body));
      }),
    );
  });

  // What grows with the square of the length would not end within the runner's limit.
  it('reads ten million characters, and they are no keyword', () => {
    const size = 10_000_000;
    expect(readKeyword('skip '.repeat(size / 5))).toBeNull();
    expect(readKeyword('a'.repeat(size))).toBeNull();
    expect(readKeyword(`${' '.repeat(size)}skip${' '.repeat(size)}`)).toBe('SKIP');
  });
});

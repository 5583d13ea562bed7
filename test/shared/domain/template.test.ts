import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTemplate, parseTemplate, renderTemplate, type TemplatePart } from '../../../shared/domain/template.ts';
import { tagNames, tagsOf, triggerNames, triggers } from '../../../shared/domain/triggers.ts';
import { seedSkipCopies } from './sources.ts';

const sourceOf = (part: TemplatePart): string =>
  part.kind === 'text' ? part.text : part.kind === 'tag' ? `{${part.tag}}` : part.raw;

/** Copy as it is typed: tags, half tags, stray braces, line ends and characters of two units. */
const copy = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '{{',
        '}}',
        '{}',
        '\n',
        ' ',
        '{first_name',
        'shop_name}',
        '{frist_name}',
        '{ a b }',
        '😀',
        'Hi',
      ),
      fc.constantFrom(...tagNames).map((tag) => `{${tag}}`),
      fc.string({ unit: 'binary', maxLength: 10 }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

const problemsOf = (text: string, trigger: (typeof triggerNames)[number] = 'upcoming_order') =>
  checkTemplate(text, trigger).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('parseTemplate', () => {
  it('splits copy at tags and keeps mistakes as parts', () => {
    expect(parseTemplate('Hi {first_name}, {nope} {oops')).toEqual([
      { kind: 'text', text: 'Hi ', start: 0, end: 3 },
      { kind: 'tag', tag: 'first_name', start: 3, end: 15 },
      { kind: 'text', text: ', ', start: 15, end: 17 },
      { kind: 'unknown_tag', raw: '{nope}', start: 17, end: 23 },
      { kind: 'text', text: ' ', start: 23, end: 24 },
      { kind: 'unclosed', raw: '{oops', start: 24, end: 29 },
    ]);
  });

  it('closes a tag neither on another line nor across the next brace', () => {
    expect(parseTemplate('{first_name\n}{a, {last_name}').map(({ kind }) => kind)).toEqual([
      'unclosed',
      'text',
      'unclosed',
      'text',
      'tag',
    ]);
  });

  it('gives back any text from its parts, side by side', () => {
    fc.assert(
      fc.property(copy, (text) => {
        const parts = parseTemplate(text);
        expect(parts.map(sourceOf).join('')).toBe(text);
        let end = 0;
        for (const part of parts) {
          expect(part.start).toBe(end);
          expect(text.slice(part.start, part.end)).toBe(sourceOf(part));
          end = part.end;
        }
        expect(end).toBe(text.length);
      }),
    );
  });

  // What grows with the square of the length would not end within the runner's limit.
  it('takes a million characters of braces', () => {
    for (const piece of ['{', '{a', '}', '{\n', 'a}', 'a']) {
      const text = piece.repeat(200_000);
      expect(parseTemplate(text).at(-1)?.end).toBe(text.length);
      checkTemplate(text, 'upcoming_order');
    }
    checkTemplate('reply STOP or '.repeat(50_000), 'upcoming_order');
  });
});

describe('renderTemplate', () => {
  it('fills every tag and leaves a gap, or the tag, where there is no value', () => {
    const text = 'Hi {first_name} {last_name}, {order_note} {oops';
    expect(renderTemplate(text, { first_name: 'Al', order_note: 'x' })).toBe('Hi Al , x {oops');
    expect(renderTemplate(text, { first_name: 'Al' }, 'literal')).toBe('Hi Al {last_name}, {order_note} {oops');
  });

  it('does not read braces in a value, nor find values that nobody gave', () => {
    expect(renderTemplate('{first_name}{constructor}', { first_name: '{last_name}', last_name: 'Wu' })).toBe(
      '{last_name}',
    );
    expect(renderTemplate('{toString}', {}, 'literal')).toBe('{toString}');
  });

  it('gives back the source when every tag stays as written, and never a known tag once it has a value', () => {
    const values = Object.fromEntries(tagNames.map((tag) => [tag, 'x']));
    fc.assert(
      fc.property(copy, (text) => {
        expect(renderTemplate(text, {}, 'literal')).toBe(text);
        const filled = parseTemplate(text)
          .map((part) => (part.kind === 'tag' ? 'x' : part.kind === 'unknown_tag' ? '' : sourceOf(part)))
          .join('');
        expect(renderTemplate(text, values)).toBe(filled);
      }),
    );
  });
});

describe('checkTemplate', () => {
  it("finds nothing wrong with the seed's copy", () => {
    for (const name of triggerNames) expect(checkTemplate(triggers[name].sampleCopy, name)).toEqual([]);
    expect(checkTemplate(seedSkipCopies.upcoming_order, 'upcoming_order')).toEqual([]);
    expect(checkTemplate(seedSkipCopies.skipped_order, 'skipped_order')).toEqual([]);
  });

  it('takes every tag of a trigger and marks every other as misplaced', () => {
    for (const name of triggerNames) {
      for (const tag of tagNames) {
        const kinds = checkTemplate(`{${tag}}`, name).map(({ kind }) => kind);
        expect([name, tag, kinds]).toEqual([name, tag, tagsOf(name).includes(tag) ? [] : ['misplaced_tag']]);
      }
    }
  });

  it('says which tag the merchant may have meant', () => {
    const suggestionFor = (text: string) => checkTemplate(text, 'skipped_order')[0];
    const meant = {
      '{frist_name}': 'first_name',
      '{firstName}': 'first_name',
      '{First_Name}': 'first_name',
      '{ first name }': 'first_name',
      '{account_link}': 'account_page_link',
      '{new-delivery-date}': 'new_delivery_date',
      '{delivery_date}': 'new_delivery_date',
      '{name}': null,
      '{}': null,
      '{xyzzy}': null,
      [`{${'first_name'.repeat(10)}}`]: null,
    };
    for (const [text, suggestion] of Object.entries(meant)) {
      expect([text, suggestionFor(text)]).toMatchObject([text, { kind: 'unknown_tag', suggestion }]);
    }
  });

  it('suggests only tags that the trigger has', () => {
    fc.assert(
      fc.property(copy, fc.constantFrom(...triggerNames), (text, trigger) => {
        let lastStart = 0;
        for (const problem of checkTemplate(text, trigger)) {
          const suggestion = problem.kind === 'unknown_tag' ? problem.suggestion : null;
          expect([null, ...tagsOf(trigger)]).toContain(suggestion);
          expect(problem.start).toBeGreaterThanOrEqual(lastStart);
          expect(problem.end).toBeGreaterThan(problem.start);
          expect(problem.end).toBeLessThanOrEqual(text.length);
          lastStart = problem.start;
        }
      }),
    );
  });

  it('marks braces that lost their partner, and leaves a smiley alone', () => {
    expect(problemsOf('{first_name, thanks')).toEqual([['unclosed_tag', '{first_name']]);
    expect(problemsOf('Hi first_name}')).toEqual([['unclosed_tag', 'first_name}']]);
    expect(problemsOf('{{first_name}}')).toEqual([['unclosed_tag', '{']]);
    expect(problemsOf('Thanks :}')).toEqual([]);
  });

  it.each([
    ['reply CANCEL', 'CANCEL'],
    ['text STOP to skip', 'STOP'],
    ['Not quite ready? Just reply STOP', 'STOP'],
    ['To skip, reply STOP.', 'STOP'],
    ['reply "cancel" to skip', 'cancel'],
    ['reply stop to skip', 'stop'],
    ['Text cancel if you are not ready', 'cancel'],
    ['respond with “quit” if not ready', 'quit'],
    ['Reply with the word END to pause', 'END'],
    ['Reply OPT OUT to skip', 'OPT OUT'],
    ['Reply YES to keep it or STOP to skip', 'STOP'],
    ['Reply SKIP to skip, CANCEL to cancel your subscription', 'CANCEL'],
    ['Reply STOP to cancel your order', 'STOP'],
    ['Reply STOP to stop this shipment', 'STOP'],
    ['Text STOP to 55555 to skip', 'STOP'],
    ['Reply: CANCEL', 'CANCEL'],
    ['Text us back STOP to skip this box', 'STOP'],
  ])('warns that %j asks for an opt-out word', (text, word) => {
    expect(problemsOf(text)).toEqual([['opt_out_keyword', word]]);
  });

  it.each([
    'Reply STOP to opt out',
    'Reply STOP to opt-out.',
    'Text STOP to unsubscribe.',
    'Reply STOP to cancel',
    'Reply "STOP" to end',
    'Txt STOP 2 opt-out',
    'Reply STOP=end',
    'REPLY STOP TO OPT OUT',
    'Text STOP to 55555 to opt out',
    'reply STOP at any time to cancel',
    'Reply STOP or UNSUBSCRIBE to opt out',
    'Reply STOP to stop receiving texts',
    'Reply STOP to opt out of order updates',
    'Reply HELP for help, STOP to cancel. Msg & data rates may apply',
    'Reply SKIP to skip, STOP to opt out',
    'Reply SKIP to skip this order or STOP to opt out of texts',
    'STOP to opt out',
    'Text us to cancel your order',
    'Just reply SKIP. To cancel go to {account_page_link}',
    'Reply SKIP or visit {account_page_link} to cancel',
    'Reply by the end of the day',
    'Reply SKIP before the week ends',
    'Your subscription was canceled. Reply with any question.',
  ])('takes %j as it is', (text) => {
    expect(checkTemplate(text, 'upcoming_order')).toEqual([]);
  });
});

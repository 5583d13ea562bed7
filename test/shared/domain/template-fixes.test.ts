import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFix, fixFor } from '../../../shared/domain/template-fixes.ts';
import { checkTemplate } from '../../../shared/domain/template.ts';
import { tagNames, triggerNames, type TriggerName } from '../../../shared/domain/triggers.ts';

const anyCopy = fc
  .array(
    fc.oneof(
      fc.constantFrom('{', '}', '\n', ' ', 'Hi ', 'reply STOP to skip', 'first_name', '{frist_name}', '{xyzzy}'),
      fc.constantFrom(...tagNames.map((tag) => `{${tag}}`)),
      fc.constantFrom(...tagNames.map((tag) => `{${tag}`)),
      fc.constantFrom(...tagNames.map((tag) => `${tag}}`)),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 10 },
  )
  .map((pieces) => pieces.join(''));
const anyTrigger = fc.constantFrom(...triggerNames);

/** The first fix that there is, as one key press applies it. */
function fixFirst(text: string, trigger: TriggerName): string | null {
  for (const problem of checkTemplate(text, trigger)) {
    const fix = fixFor(problem, text, trigger);
    if (fix !== null) return applyFix(text, fix);
  }
  return null;
}

describe('fixFor', () => {
  it.each([
    ['skipped_order', 'Hi {frist_name}!', 'Hi {first_name}!'],
    ['skipped_order', 'Hi {first_name, see you', 'Hi {first_name}, see you'],
    ['skipped_order', 'Hi first_name}', 'Hi {first_name}'],
    ['skipped_order', 'Hi {frist_nam', 'Hi {first_name}'],
    ['skipped_order', 'Hi { there', 'Hi  there'],
    ['skipped_order', 'On {delivery_date}', 'On {new_delivery_date}'],
    ['upcoming_order', 'Try {retry_num} failed', 'Try  failed'],
    ['upcoming_order', 'To skip, reply STOP.', 'To skip, reply SKIP.'],
  ] as const)('mends %s: %j', (trigger, before, after) => {
    expect(fixFirst(before, trigger)).toBe(after);
  });

  it('leaves to the merchant what only the merchant knows', () => {
    expect(fixFirst('Use {xyzzy}', 'skipped_order')).toBeNull();
    expect(fixFirst('Reply STOP to skip', 'payment_method_failed')).toBeNull();
  });

  it('comes to an end, with nothing left that it could mend', () => {
    fc.assert(
      fc.property(anyCopy, anyTrigger, (copy, trigger) => {
        let text = copy;
        let presses = 0;
        for (let next = fixFirst(text, trigger); next !== null; next = fixFirst(text, trigger)) {
          text = next;
          presses += 1;
          expect(presses).toBeLessThanOrEqual(copy.length);
        }
        const left = checkTemplate(text, trigger);
        expect(left.every(({ kind }) => kind === 'unknown_tag' || kind === 'opt_out_keyword')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes away its own problem and touches nothing else', () => {
    fc.assert(
      fc.property(anyCopy, anyTrigger, (text, trigger) => {
        for (const problem of checkTemplate(text, trigger)) {
          const fix = fixFor(problem, text, trigger);
          if (fix === null) continue;
          const fixed = applyFix(text, fix);
          expect(fixed.startsWith(text.slice(0, problem.start))).toBe(true);
          expect(fixed.endsWith(text.slice(problem.end))).toBe(true);
          const end = fix.start + fix.replacement.length;
          const still = checkTemplate(fixed, trigger).filter((other) => other.start === fix.start && other.end <= end);
          expect(still).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

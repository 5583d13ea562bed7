import { nearestTag, type TemplateProblem } from './template.ts';
import { tagsOf, type TriggerName } from './triggers.ts';

/** A change that takes one problem away: what stands from `start` to `end` gives way. */
export type TemplateFix = Readonly<{
  start: number;
  end: number;
  replacement: string;
  /** For a button: "Use {first_name}". */
  label: string;
}>;

/** What to do about a problem with one key; null when only the merchant can know. */
export function fixFor(problem: TemplateProblem, text: string, trigger: TriggerName): TemplateFix | null {
  const { start, end } = problem;
  const writeTag = (tag: string): TemplateFix => ({ start, end, replacement: `{${tag}}`, label: `Use {${tag}}` });
  switch (problem.kind) {
    case 'unknown_tag':
      return problem.suggestion === null ? null : writeTag(problem.suggestion);
    case 'misplaced_tag':
      return problem.suggestion === null
        ? { start, end, replacement: '', label: `Take out {${problem.tag}}` }
        : writeTag(problem.suggestion);
    case 'unclosed_tag': {
      const name = text.slice(start, end).replace(/[{}]/g, '');
      const tag = nearestTag(name, tagsOf(trigger));
      return tag === null ? { start, end, replacement: name, label: 'Take out the brace' } : writeTag(tag);
    }
    case 'opt_out_keyword':
      // Only the notice asks for an answer that we act on.
      return trigger === 'upcoming_order' ? { start, end, replacement: 'SKIP', label: 'Ask for SKIP' } : null;
  }
}

export function applyFix(text: string, { start, end, replacement }: TemplateFix): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

import { countSegments } from '../../../shared/domain/segments.ts';
import { parseTemplate, type TemplateProblem } from '../../../shared/domain/template.ts';

/** What stands behind a stretch of the text in the editor. */
export type MarkedPiece = Readonly<{
  start: number;
  text: string;
  mark: 'tag' | 'problem' | 'warning' | 'unicode' | null;
}>;

type Mark = Readonly<{ start: number; end: number; mark: NonNullable<MarkedPiece['mark']> }>;

/** Cuts copy where its marks begin and end. Side by side the pieces are the text; a problem hides a tag's own mark. */
export function markUp(text: string, problems: readonly TemplateProblem[]): readonly MarkedPiece[] {
  const marks: Mark[] = [
    ...problems.map(({ kind, start, end }): Mark => ({
      start,
      end,
      mark: kind === 'opt_out_keyword' ? 'warning' : 'problem',
    })),
    ...parseTemplate(text)
      .filter(({ kind }) => kind === 'tag')
      .map(({ start, end }): Mark => ({ start, end, mark: 'tag' })),
    ...countSegments(text).unicodeCharacters.map(({ start, character }): Mark => ({
      start,
      end: start + character.length,
      mark: 'unicode',
    })),
  ];
  const cuts = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => ({
    start,
    text: text.slice(start, cuts[index + 1]),
    mark: marks.find((mark) => mark.start <= start && start < mark.end)?.mark ?? null,
  }));
}

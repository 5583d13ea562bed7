import { format, resolveConfig } from 'prettier';
import type { BenchReport, BenchRow, Measured } from './row.ts';

/** One row's section of docs/benchmarks.md. */
export type Section = Readonly<{ name: string; text: string }>;

export function toSection(
  { name, title }: BenchRow,
  report: BenchReport,
  about: Readonly<{ size: number; machine: string; day: string }>,
): Section {
  const lines = [
    `## ${name}`,
    '',
    `${title}. Measured ${about.day} at ${about.size.toLocaleString('en')} rows: ${about.machine}.`,
    '',
    ...toTable([
      ['what', 'figure', 'must reach'],
      ...report.measured.map((one) => [one.name, toFigure(one), toVerdict(one)]),
    ]),
    '',
    ...report.notes.flatMap((note) => [note, '']),
  ];
  return { name, text: lines.join('\n').trimEnd() };
}

/**
 * The page with these sections in place of the ones that it had of the same rows. A ratio holds within its row, so each
 * row keeps the day and the machine that it was measured on.
 */
export function renewPage(page: string, renewed: readonly Section[], order: readonly string[]): string {
  const [intro = '', ...old] = page.split(/^(?=## )/m);
  const sections = new Map(old.map((text) => [/^## (\S+)/.exec(text)?.[1] ?? '', text.trimEnd()]));
  for (const { name, text } of renewed) sections.set(name, text);
  const known = order.flatMap((name) => sections.get(name) ?? []);
  return `${[intro.trimEnd(), ...known].join('\n\n')}\n`;
}

/** As the formatter of the project wants it. */
export async function formatPage(text: string, path: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

function toTable([head = [], ...body]: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
}

function toFigure({ figure, unit }: Measured): string {
  const digits = figure >= 100 || Number.isInteger(figure) ? 0 : 2;
  return `${figure.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`.trim();
}

function toVerdict({ target, reached }: Measured): string {
  if (target === null) return '';
  return reached === true ? `${target}: reached` : `${target}: **not reached**`;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { anchorOf, readGuide } from '../renderer/features/guide/guide-text.ts';
import { guideChapters } from '../renderer/lib/guide-chapters.ts';
import { triggerNames, triggers } from '../shared/domain/triggers.ts';
import { deliveryStateLooks } from '../renderer/components/delivery-state-badge.tsx';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const guide = read('docs/guide.md');

const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

/** Fenced examples hold brackets that are no links, and lines that begin with a hash. */
const withoutExamples = (markdown: string): string => markdown.replaceAll(/^```[^]*?^```/gm, '');

function anchorsOf(path: string): readonly string[] {
  return [...withoutExamples(read(path)).matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) => anchorOf(title ?? ''));
}

function linksOf(path: string): readonly string[] {
  const text = withoutExamples(read(path));
  const inline = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  const pictures = [...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map(([, target]) => target ?? '');
  return [...inline, ...pictures].filter((target) => !/^https?:/.test(target));
}

it.each(pages)('leads from %s only to files and headings that exist', (page) => {
  const broken = linksOf(page).filter((link) => {
    const [file = '', anchor] = link.split('#');
    const path = file === '' ? page : join(dirname(page), file);
    if (!existsSync(join(root, path))) return true;
    return anchor !== undefined && !anchorsOf(path).includes(anchor);
  });
  expect(broken).toEqual([]);
});

it('has the chapters in the guide that screens link to, in that order', () => {
  expect(readGuide(guide).chapters.map(({ anchor }) => anchor)).toEqual(guideChapters);
});

it('links inside the guide to chapters and to other pages only, so that the console can follow them', () => {
  const strange = linksOf('docs/guide.md').filter(
    (link) => !guideChapters.some((anchor) => `#${anchor}` === link) && !/^[a-z-]+\.md$/.test(link),
  );
  expect(strange).toEqual([]);
  expect(guide).not.toMatch(/<[a-z]|!\[|https?:/);
});

it('explains every state of a delivery in the words of the screen', () => {
  const { body = '' } = readGuide(guide).chapters.find(({ anchor }) => anchor === 'read-the-log') ?? {};
  const rows = [...body.matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, label]) => label);
  expect(rows).toEqual(Object.values(deliveryStateLooks).map(({ label }) => label));
});

it('names every trigger as the catalogue does, in both kinds of automations', () => {
  const missing = triggerNames.filter((name) => {
    const { title, legacyName, eventType, seedTags } = triggers[name];
    const tags = seedTags.map((tag) => `\`{${tag}}\``).join(', ');
    const rows = guide.split('\n').map((line) => line.replaceAll(/\s+/g, ' '));
    return (
      !rows.includes(`| ${title} | \`${legacyName}\` | \`${eventType}\` |`) || !rows.includes(`| ${title} | ${tags} |`)
    );
  });
  expect(missing).toEqual([]);
});

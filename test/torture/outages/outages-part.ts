import type { Figure, Finding, Part } from '../part.ts';
import { outageControls } from './controls.ts';
import { playInboxWeek } from './inbox-week.ts';
import { limitedKinds, playLimitedHour } from './limited-hour.ts';
import type { OutageOutcome } from './outage-shop.ts';

type Size = 'replies' | 'in-line';

export const outagesPart: Part<Size> = {
  name: 'outages',
  title: 'the inbox is away for a week and back with thousands of texts, and Postscript answers 429 for an hour',
  sizes: { replies: 10_000, 'in-line': 3000 },
  run: async ({ seed, sizes, minutes, say }) => {
    const endsAt = minutes === null ? Number.POSITIVE_INFINITY : performance.now() + minutes * 60_000;
    const isOver = (): boolean => performance.now() > endsAt;
    const figures: Figure[] = [];
    const findings: Finding[] = [];
    const keep = (outcome: OutageOutcome): void => {
      for (const { name, value } of outcome.figures) say(`${name}: ${value}`);
      figures.push(...outcome.figures);
      findings.push(...outcome.findings.map((what) => ({ what, replay: null })));
    };
    for (const { name, play, finds } of outageControls) {
      const caught = (await play(seed)).findings.filter((what) => finds.test(what)).length;
      figures.push({ name: `control, ${name}`, value: `found out by ${caught}` });
      if (caught === 0) findings.push({ what: `not found out: ${name}`, replay: null });
    }
    keep(await playInboxWeek({ replies: sizes.replies, seed, stepMinutes: 30, sqlAtStart: null, isOver }));
    const inLine = Math.ceil(sizes['in-line'] / limitedKinds.length);
    for (const kind of limitedKinds)
      keep(await playLimitedHour({ kind, inLine, stepMs: 30_000, seed, sqlAtStart: null, isOver }));
    return { figures, findings, skipped: null };
  },
};

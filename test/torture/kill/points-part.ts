import { openHarness, type Cut, type CrashHarness } from '../../helpers/crash-harness.ts';
import { crashPaths } from '../../helpers/crash-paths.ts';
import { pointControls, runPointControl } from './point-controls.ts';
import type { Figure, Finding, Part, PartOrder, PartReport } from '../part.ts';

const MINUTE_MS = 60_000;
/** Cuts between two looks at the time. */
const BATCH = 24;
/** Of the start after a kill, every so many statements are killed too. */
const SECOND_KILL_EVERY = 4;

/** One path of the engine after the other, killed before every statement of it and at every request, twice in places. */
export const pointsPart: Part<never> = {
  name: 'points',
  title: 'each path of the engine is killed before every single statement, and at every request',
  sizes: {},
  run: runPoints,
};

async function runPoints({ minutes, replay, say }: PartOrder<never>): Promise<PartReport> {
  const startedAt = performance.now();
  const isOver = (): boolean => minutes !== null && performance.now() - startedAt > minutes * MINUTE_MS;
  const [wanted, name] = replay?.split(':') ?? [];
  const findings: Finding[] = [];
  const figures: Figure[] = [];
  for (const [key, path] of Object.entries(crashPaths)) {
    if (wanted !== undefined && wanted !== key) continue;
    const harness = await openHarness(path);
    try {
      const cuts = name === undefined ? listCuts(harness) : [readCut(name)];
      let kills = 0;
      for (let place = 0; place < cuts.length && !isOver(); place += BATCH) {
        const report = await harness.cut(cuts.slice(place, place + BATCH));
        kills += report.kills;
        for (const { cut, what } of report.found) findings.push({ what, replay: `${key}:${nameCut(cut)}` });
      }
      say(`${path.name}: ${kills} of ${cuts.length} kills`);
      figures.push({ name: `kills, ${path.name}`, value: kills });
      if (name !== undefined) continue;
      for (const control of pointControls.filter(({ on }) => on === key)) {
        const caught = await runPointControl(harness, control);
        figures.push({ name: `control, ${control.name}`, value: `found out by ${caught}` });
        if (caught === 0) findings.push({ what: `not found out: ${control.name}`, replay: key });
      }
    } finally {
      harness.close();
    }
  }
  return { figures, findings, skipped: null };
}

function listCuts({ statements, requests, recoveryStatements }: CrashHarness): readonly Cut[] {
  const atRequests = requests.flatMap((_, index) =>
    (['lost', 'applied'] as const).map((fate): Cut => ({ request: index + 1, fate })),
  );
  const write = requests.findIndex((request) => !request.startsWith('GET ')) + 1;
  const twice =
    write === 0
      ? []
      : Array.from({ length: Math.floor(recoveryStatements / SECOND_KILL_EVERY) }, (_, index): Cut => ({
          request: write,
          fate: index % 2 === 0 ? 'applied' : 'lost',
          again: 1 + index * SECOND_KILL_EVERY,
        }));
  return [...Array.from({ length: statements }, (_, index) => ({ statement: index + 1 })), ...atRequests, ...twice];
}

/** `s12`, `r3`, `r3a` for applied, `r3a+17` when the next start is killed before its 17th statement. */
function nameCut(cut: Cut): string {
  const again = cut.again === undefined ? '' : `+${cut.again}`;
  if ('before' in cut) return `${cut.before}${again}`;
  if ('statement' in cut) return `s${cut.statement}${again}`;
  return `r${cut.request}${cut.fate === 'applied' ? 'a' : ''}${again}`;
}

/** The reverse. */
function readCut(name: string): Cut {
  const [, statement, request, applied, again] = /^(?:s(\d+)|r(\d+)(a?))(?:\+(\d+))?$/.exec(name) ?? [];
  const twice = again === undefined ? {} : { again: Number(again) };
  if (statement !== undefined) return { statement: Number(statement), ...twice };
  if (request === undefined) throw new Error(`--replay takes a point such as skip:s12 or skip:r3a+17, not ${name}`);
  return { request: Number(request), fate: applied === 'a' ? 'applied' : 'lost', ...twice };
}

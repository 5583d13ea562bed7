import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Part, PartOrder, PartReport } from '../part.ts';
import type { FaultPlan, FaultRow, FaultRun } from './fault-run.ts';
import { controlFault, faults, makeControlFile } from './faults.ts';
import { compileShim, runUnderShim, type Shim } from './shim.ts';

const sceneNames = ['first-start', 'day', 'restore'] as const;
const SAID_EVERY = 200;
/** A disk that swallows what it is given, a few times: the judge must see it. */
const control: FaultRow = { scene: 'day', fault: controlFault, first: 30, step: 90, most: 3 };

/** A disk that fails at the n-th change, for every n that there is. */
export const io: Part<'io-step'> = {
  name: 'io',
  title: 'the disk fails at the n-th write, name or sync: nothing is lost silently, doubled or damaged, and it is said',
  sizes: { 'io-step': 1 },
  run: async (order) => {
    const shim = compileShim();
    if (typeof shim === 'string') return { figures: [], findings: [], skipped: shim };
    try {
      return await failEverywhere(order, shim);
    } finally {
      rmSync(shim.folder, { recursive: true, force: true });
    }
  },
};

async function failEverywhere(order: PartOrder<'io-step'>, shim: Shim): Promise<PartReport> {
  const { minutes, say } = order;
  const rows = order.replay === null ? allRows(order) : [toRow(order.replay)];
  const endAt = minutes === null ? null : Date.now() + minutes * 60_000;
  const { runs, problem } = await play(shim, { rows, endAt }, say);
  if (order.replay !== null) for (const line of runs.flatMap(({ told }) => told)) say(line);

  const own = runs.filter(({ fault }) => fault !== controlFault);
  const caught = runs.filter(({ fault, findings }) => fault === controlFault && findings.length > 0).length;
  const findings = own.flatMap(toFindings);
  // SQLite repairs some errors without a word: a folder's sync, a checkpoint that is made later.
  const once = own.filter(({ fault, failed }) => failed > 0 && (fault === 'EIO' || fault === 'failing sync'));
  const unsaid = once.filter(({ told }) => told.length === 0).length;
  if (order.replay === null && unsaid > once.length / 4)
    findings.push({ what: `of ${once.length} single errors ${unsaid} were not said`, replay: null });
  if (problem !== null) findings.push({ what: `${problem}, after ${describeLast(runs)}`, replay: null });
  if (order.replay === null && problem === null && caught === 0)
    findings.push({ what: 'a disk that swallows writes was not found out, so this part shows nothing', replay: null });
  return {
    figures: [
      ...sceneNames.map((scene) => ({
        name: `runs with a fault, ${scene}`,
        value: own.filter((run) => run.scene === scene && run.failed > 0).length,
      })),
      {
        name: 'of these, lost, doubled, damaged or unsaid',
        value: own.filter((run) => run.findings.length > 0).length,
      },
      { name: 'single errors repaired without a word', value: `${unsaid} of ${once.length}` },
      { name: 'found out on a disk that swallows writes', value: `${caught} of ${runs.length - own.length}` },
    ],
    findings,
    skipped: null,
  };
}

/** With a step above 1, another seed meets other changes. */
function allRows({ seed, sizes: { 'io-step': step } }: PartOrder<'io-step'>): readonly FaultRow[] {
  const first = 1 + (seed % step);
  return [
    control,
    ...sceneNames.flatMap((scene) => faults.map((fault) => ({ scene, fault, first, step, most: null }))),
  ];
}

function toRow(text: string): FaultRow {
  const [scene = '', name = '', at = ''] = text.split(':');
  const fault = faults.find((one) => toSlug(one) === name);
  if (fault === undefined) throw new Error(`There is no case ${text}: it is called like day:failing-sync:12.`);
  return { scene, fault, first: Number(at), step: 1, most: 1 };
}

const toSlug = (fault: string): string => fault.replace(',', '').replaceAll(' ', '-');

async function play(
  shim: Shim,
  plan: FaultPlan,
  say: (line: string) => void,
): Promise<Readonly<{ runs: readonly FaultRun[]; problem: string | null }>> {
  const folder = join(shim.folder, 'work');
  const controlFile = join(shim.folder, 'control');
  mkdirSync(folder);
  makeControlFile(controlFile);
  let done = 0;
  const countRuns = (text: string): void => {
    const before = done;
    done += text.split('\n').length - 1;
    if (Math.floor(done / SAID_EVERY) > Math.floor(before / SAID_EVERY)) say(`${done} runs`);
  };
  const args = ['fault-run.ts', folder, controlFile, JSON.stringify(plan)];
  // Beside the watched folder lies what the scenes begin with, on a disk that is well.
  const settings = { DISK_SHIM_FOLDER: join(folder, 'shop'), DISK_SHIM_CONTROL: controlFile };
  const { output, problem } = await runUnderShim(shim, args, settings, countRuns);
  // Each line was written by the process in one go.
  const runs = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FaultRun);
  return { runs, problem };
}

function toFindings({ scene, fault, at, findings, told }: FaultRun): readonly Finding[] {
  return findings.map((what) => ({
    what: `${scene}, ${fault} at change ${at}: ${what}${told.length === 0 ? '' : ` (told: ${told[0]})`}`,
    replay: `${scene}:${toSlug(fault)}:${at}`,
  }));
}

function describeLast(runs: readonly FaultRun[]): string {
  const last = runs.at(-1);
  return last === undefined ? 'no run' : `${last.scene}, ${last.fault} at change ${last.at}`;
}

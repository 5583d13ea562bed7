import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Part, PartOrder, PartReport } from '../part.ts';
import { judgeImages, type ImageVerdict } from './crash-images.ts';
import { fates, type Lie } from './disk-model.ts';
import { record, type Recording } from './recording.ts';
import { compileShim } from './shim.ts';
import { describeOperation } from './trace.ts';

/** Images per control; each must find that something is lost. */
const CONTROL_IMAGES = 50;
const workloads = ['first-days', 'update'] as const;
type Workload = (typeof workloads)[number];

type Control = Readonly<{ name: string; synchronous: 'FULL' | 'NORMAL'; lie: Lie }>;
const controls: readonly Control[] = [
  { name: 'with synchronous=NORMAL', synchronous: 'NORMAL', lie: null },
  { name: 'on a disk that forgets what was synced', synchronous: 'FULL', lie: 'no sync works' },
  { name: 'on a disk that forgets new names', synchronous: 'FULL', lie: 'no sync of a folder works' },
];

/** The power goes at any moment: what somebody relied on is still there, and what is there is sound. */
export const power: Part<'images'> = {
  name: 'power',
  title: 'the power goes while the product writes: nothing that was acknowledged is lost',
  sizes: { images: 10_000 },
  run: async (order) => {
    const shim = compileShim();
    if (typeof shim === 'string') return { figures: [], findings: [], skipped: shim };
    try {
      const folder = join(shim.folder, 'image');
      const recordings = {
        'first-days': await record(shim, 'first-days'),
        update: await record(shim, 'update'),
      };
      if (order.replay !== null) return await replay(order, recordings, folder);
      return await runAll(order, recordings, await record(shim, 'first-days', 'NORMAL'), folder);
    } finally {
      rmSync(shim.folder, { recursive: true, force: true });
    }
  },
};

type Recordings = Readonly<Record<Workload, Recording>>;

async function runAll(
  { seed, sizes: { images }, minutes, say }: PartOrder<'images'>,
  recordings: Recordings,
  weak: Recording,
  folder: string,
): Promise<PartReport> {
  const endAt = minutes === null ? Number.POSITIVE_INFINITY : performance.now() + minutes * 60_000;
  const mayGoOn = (): boolean => performance.now() < endAt;
  const findings: Finding[] = [];
  const counts = { images: 0, lost: 0, damaged: 0 };
  for (const workload of workloads) {
    const share = workload === 'update' ? Math.floor(images / 4) : images - Math.floor(images / 4);
    say(`${workload}: ${share} images`);
    const recording = recordings[workload];
    const verdicts = await judgeImages({ recording, folder, images: share, seed, mayGoOn });
    counts.images += verdicts.length;
    counts.lost += verdicts.filter(({ lost }) => lost.length > 0).length;
    counts.damaged += verdicts.filter(({ damaged }) => damaged.length > 0).length;
    findings.push(...toFindings(workload, verdicts));
  }
  const caught: string[] = [];
  for (const { name, synchronous, lie } of controls) {
    const recording = synchronous === 'NORMAL' ? weak : recordings['first-days'];
    const verdicts = await judgeImages({ recording, folder, images: CONTROL_IMAGES, seed, lie });
    const bad = verdicts.filter(({ lost }) => lost.some((what) => what.startsWith('rows'))).length;
    caught.push(`${bad} of ${verdicts.length}`);
    if (bad === 0)
      findings.push({ what: `the control ${name} lost nothing, so this part shows nothing`, replay: null });
  }
  return {
    figures: [
      { name: 'images', value: counts.images },
      { name: 'of these, with something acknowledged lost', value: counts.lost },
      { name: 'of these, damaged', value: counts.damaged },
      ...workloads.map((workload) => ({
        name: `recorded, ${workload}: changes, of these syncs`,
        value: describeRecording(recordings[workload]),
      })),
      ...controls.map(({ name }, index) => ({ name: `lost rows ${name}`, value: caught[index] ?? '' })),
    ],
    findings,
    skipped: null,
  };
}

function describeRecording({ operations }: Recording): string {
  return `${operations.length}, ${operations.filter(({ kind }) => kind === 'sync').length}`;
}

/** One finding for each thing that went wrong, however many images show it. */
function toFindings(workload: Workload, verdicts: readonly ImageVerdict[]): readonly Finding[] {
  const seen = new Map<string, { count: number; first: ImageVerdict }>();
  for (const verdict of verdicts) {
    for (const what of [...verdict.lost, ...verdict.damaged]) {
      const found = seen.get(what) ?? { count: 0, first: verdict };
      seen.set(what, { ...found, count: found.count + 1 });
    }
  }
  return [...seen].map(
    ([
      what,
      {
        count,
        first: { cut, fate },
      },
    ]) => ({
      what: `${workload}, ${count} images, the first before change ${cut}, ${fate}: ${what}`,
      replay: `${workload}:${cut}:${fate}`,
    }),
  );
}

/** One cut and one fate, with what the product did right before it. */
async function replay(
  { replay: text, seed, say }: PartOrder<'images'>,
  recordings: Recordings,
  folder: string,
): Promise<PartReport> {
  const [name, place, wanted] = (text ?? '').split(':');
  const workload = workloads.find((one) => one === name);
  const fate = fates.find((one) => one === wanted);
  const cut = Number(place);
  if (workload === undefined || fate === undefined || !Number.isSafeInteger(cut))
    throw new Error(`There is no case ${String(text)}: it is called like first-days:120:torn.`);
  const recording = recordings[workload];
  for (const [index, operation] of recording.operations.slice(Math.max(0, cut - 20), cut).entries())
    say(`${Math.max(0, cut - 20) + index} ${describeOperation(operation, recording.root)}`);
  say(`the power goes; promised: ${JSON.stringify(recording.promises[cut])}`);
  const verdicts = await judgeImages({ recording, folder, images: 1, seed, only: { cut, fate } });
  return { figures: [{ name: 'images', value: 1 }], findings: toFindings(workload, verdicts), skipped: null };
}

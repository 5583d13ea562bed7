import type { Finding, Part } from '../part.ts';
import { judgeSoak, type SoakLimits } from './judge-soak.ts';
import { runSoak, type Soaked } from './run-soak.ts';

type Size = 'subscriptions' | 'hours';

const limits: SoakLimits = { warmHours: 12, rssMbPerHour: 1, keptMbPerHour: 0.25, walMb: 64, handles: 8 };
/** A control needs no more than to be seen. */
const control = { subscriptions: 2000, hours: 9, stepMinutes: 30 } as const;
const controlLimits: SoakLimits = { ...limits, warmHours: 3, rssMbPerHour: null };

export const soakPart: Part<Size> = {
  name: 'soak',
  title: 'a large lively shop for 72 simulated hours: memory, WAL and open handles stay where they are',
  sizes: { subscriptions: 100_000, hours: 72 },
  run: async ({ seed, sizes, minutes, say }) => {
    const endsAt = minutes === null ? Number.POSITIVE_INFINITY : performance.now() + minutes * 60_000;
    const leak = await runSoak({ ...control, seed, isLeaking: true, say: () => undefined });
    const caught = judgeSoak(leak.samples, leak.mostWalMb, controlLimits).findings;
    const soaked = await runSoak({
      subscriptions: sizes.subscriptions,
      hours: sizes.hours,
      seed,
      stepMinutes: 5,
      isOver: () => performance.now() > endsAt,
      say,
    });
    const verdict = judgeSoak(soaked.samples, soaked.mostWalMb, limits);
    const last = soaked.samples.at(-1);
    const findings = [...verdict.findings, ...findWrong(soaked)];
    if (caught.length < 2) findings.push(`A leak that was planted was not caught: ${caught.join(' ')}`);
    return {
      skipped: null,
      findings: findings.map((what): Finding => ({ what, replay: null })),
      figures: [
        { name: 'control: a planted leak', value: caught.join(' ') },
        { name: 'subscriptions', value: sizes.subscriptions },
        { name: 'simulated hours', value: last?.hour ?? 0 },
        { name: 'events that Postscript received', value: soaked.received },
        { name: 'database at the end, MB', value: last?.databaseMb ?? 0 },
        { name: 'resident memory at the end, MB', value: last?.rssMb ?? 0 },
        { name: 'resident memory, MB an hour', value: verdict.rssMbPerHour },
        { name: 'kept without garbage, MB an hour', value: verdict.keptMbPerHour },
        { name: 'WAL at most, MB', value: verdict.mostWalMb },
        { name: 'handles more at the end', value: verdict.moreHandles },
        { name: 'file descriptors more at the end', value: verdict.moreDescriptors },
      ],
    };
  },
};

/** A shop at rest leaks nothing either: there must have been something to do, and it must have been done well. */
export function findWrong({ received, notices, repeated, problems }: Soaked): string[] {
  return [
    ...problems,
    ...(repeated > 0 ? [`Postscript received ${repeated} of ${received} events twice.`] : []),
    ...(notices === 0 ? ['Nothing was announced.'] : []),
  ];
}

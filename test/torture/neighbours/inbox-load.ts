import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure, Finding, Part, PartReport } from '../part.ts';
import { startInboxProcess, type InboxKind, type InboxProcess } from './inbox-process.ts';
import { readResponses, runLoad } from './run-load.ts';
import type { WebhookAnswer } from './webhook-load.ts';

type Size = 'inbox-seconds' | 'inbox-rate' | 'inbox-burst' | 'inbox-large' | 'inbox-kills';

/** What a body may weigh at most, so that memory has to hold as much as it ever can. */
const LARGE_TEXT = 200_000;
/** 256 large bodies in the making, each as bytes, as text and as values, beside Node itself; without a bound it is more. */
const MOST_MB = 600;
const CONNECTIONS = 1000;

type Loads = Readonly<
  Record<'steady' | 'burst' | 'large' | 'repeated', readonly WebhookAnswer[]> & { kills: number; peakMb: number | null }
>;

/**
 * Four loads on one inbox: as much as it must take, far more than it can take, large texts all at once, and what comes
 * again and again while it is killed. Then it is asked for everything that it has answered for. A size of 0 leaves a
 * load out.
 */
export async function loadInbox(sizes: Readonly<Record<Size, number>>, kind: InboxKind = 'sound'): Promise<PartReport> {
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-inbox-load-'));
  const databasePath = join(folder, 'inbox.sqlite');
  let inbox: InboxProcess = await startInboxProcess(databasePath, kind);
  const { port } = inbox;
  const plain = { port, connections: CONNECTIONS, textBytes: 20, comesAgain: false, holdsBack: false };
  const rate = sizes['inbox-rate'];
  const mustTake = rate * sizes['inbox-seconds'];

  /** Kills it each time that as many were taken again as it must take in a second. */
  const killWhileTaking = async (): Promise<Pick<Loads, 'repeated' | 'kills'>> => {
    let taken = 0;
    let kills = 0;
    let restarted = Promise.resolve();
    const count = sizes['inbox-kills'] === 0 ? 0 : rate * (sizes['inbox-kills'] + 1);
    const repeated = await runLoad(
      { ...plain, prefix: 'again-', count, perSecond: rate, comesAgain: true },
      ({ status }) => {
        if (status === 200) taken += 1;
        if (kills === sizes['inbox-kills'] || taken < rate * (kills + 0.5)) return;
        kills += 1;
        restarted = restarted.then(async () => {
          await inbox.kill();
          inbox = await startInboxProcess(databasePath, kind, port);
        });
      },
    );
    await restarted;
    return { repeated, kills };
  };

  try {
    // A tenth more than it must take, so that what it is late with at the end does not count against it.
    const paced = { ...plain, count: Math.ceil(mustTake * 1.1), perSecond: rate * 1.1 };
    const steady = await runLoad({ ...paced, prefix: 'steady-' });
    const atOnce = { ...plain, perSecond: null };
    const burst = await runLoad({ ...atOnce, prefix: 'burst-', count: sizes['inbox-burst'] });
    const large = await runLoad({
      ...atOnce,
      prefix: 'large-',
      count: sizes['inbox-large'],
      textBytes: LARGE_TEXT,
      holdsBack: true,
    });
    const peakMb = inbox.peakMb();
    const loads: Loads = { steady, burst, large, peakMb, ...(await killWhileTaking()) };
    return {
      figures: describe(loads, sizes['inbox-seconds']),
      findings: judge(loads, await readResponses(port), mustTake),
      skipped: null,
    };
  } finally {
    await inbox.kill();
    rmSync(folder, { recursive: true });
  }
}

const found = (what: string): Finding => ({ what, replay: null });
const isTaken = ({ status }: WebhookAnswer): boolean => status === 200;
const isShed = ({ status }: WebhookAnswer): boolean => status === 503;

/** What was answered 200 is there, once; and nothing else is, but what was offered and perhaps never heard its answer. */
export function judgeAnswers(answers: readonly WebhookAnswer[], stored: readonly string[]): readonly Finding[] {
  const there = new Set(stored);
  const offered = new Set(answers.map(({ id }) => id));
  const lost = answers.filter((answer) => isTaken(answer) && !there.has(answer.id));
  const madeUp = stored.filter((id) => !offered.has(id));
  return [
    ...(lost.length > 0 ? [found(`${lost.length} texts were answered 200 and lost, ${lost[0]?.id} first.`)] : []),
    ...(there.size < stored.length ? [found(`${stored.length - there.size} texts are handed out twice.`)] : []),
    ...(madeUp.length > 0 ? [found(`${madeUp.length} texts were never offered, ${madeUp[0]} first.`)] : []),
  ];
}

/** Far above what it can take, it sends some away with a time to come again, and leaves nobody without an answer. */
export function judgeShedding(burst: readonly WebhookAnswer[], large: readonly WebhookAnswer[]): readonly Finding[] {
  const all = [...burst, ...large];
  const other = all.filter((answer) => !isTaken(answer) && !isShed(answer));
  const isSilent = all.some((answer) => isShed(answer) && answer.retryAfter === '');
  return [
    ...(all.length > 0 && !all.some(isTaken) ? [found('Nothing was taken of a burst.')] : []),
    ...(large.length > 0 && !large.some(isShed)
      ? [found('Nothing was shed of large texts all at once: what is under way has no bound.')]
      : []),
    ...(other.length > 0 ? [found(`${other.length} were answered neither 200 nor 503, but ${other[0]?.status}.`)] : []),
    ...(isSilent ? [found('A 503 does not say when to come again.')] : []),
  ];
}

function judge(loads: Loads, stored: readonly string[], mustTake: number): readonly Finding[] {
  const { steady, burst, large, repeated, peakMb } = loads;
  const taken = steady.filter(isTaken).length;
  return [
    ...judgeAnswers([...steady, ...burst, ...large, ...repeated], stored),
    ...judgeShedding(burst, large),
    ...(taken < mustTake ? [found(`${taken} of ${steady.length} in good order were taken; ${mustTake} must be.`)] : []),
    ...(peakMb !== null && peakMb > MOST_MB ? [found(`The inbox held ${peakMb} MB.`)] : []),
  ];
}

function describe({ steady, burst, large, repeated, kills, peakMb }: Loads, seconds: number): readonly Figure[] {
  const times = steady.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const quantile = (share: number): number => times[Math.ceil(times.length * share) - 1] ?? 0;
  const count = (name: string, answers: readonly WebhookAnswer[]): Figure => ({
    name,
    value: `${answers.filter(isTaken).length} taken, ${answers.filter(isShed).length} shed`,
  });
  return [
    count(`in good order, ${Math.round(steady.length / 1.1 / seconds)} a second and a tenth more`, steady),
    { name: 'their answers, ms: p50, p99, longest', value: [0.5, 0.99, 1].map((share) => quantile(share)).join(', ') },
    count(`a burst on ${CONNECTIONS} connections`, burst),
    count(`${LARGE_TEXT / 1000} kB each, all at once`, large),
    { name: 'most memory of the inbox, MB', value: peakMb ?? 'not known here' },
    { name: 'kills of the inbox', value: kills },
    count('came again until they were taken', repeated),
    { name: 'of these: no answer, because of a kill', value: repeated.filter(({ status }) => status === 0).length },
  ];
}

export const inboxLoad: Part<Size> = {
  name: 'inbox-load',
  title: 'the inbox takes what it must, sheds the rest, and loses nothing that it has answered for',
  sizes: { 'inbox-seconds': 60, 'inbox-rate': 500, 'inbox-burst': 20_000, 'inbox-large': 1000, 'inbox-kills': 10 },
  run: ({ sizes }) => loadInbox(sizes),
};

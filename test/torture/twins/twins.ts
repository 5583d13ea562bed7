import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../../main/practice/random.ts';
import { defaultPracticeOptions, startPracticeShop } from '../../../main/practice/practice-shop.ts';
import type { Finding, Part, PartReport } from '../part.ts';
import { beginRestore, makeDataFolder, readBooks } from './folder.ts';
import { startTwin, type Twin } from './twin.ts';
import { scratch } from '../../helpers/scratch.ts';

/** How the second of two engines comes to the data folder of the first. */
export const ways = ['same path', 'link', 'lock replaced', 'restore begun'] as const;
export type Way = (typeof ways)[number];

const IN_LINE = 8;
const MOST_IN_FLIGHT = 3;
const inUse = 'Another Heads Up is using this data folder.';
const databaseInUse = 'Another program is using the database.';

type Postscript = Readonly<{
  url: string;
  key: string;
  /** External ids that came in and begin so. */
  received: (prefix: string) => Promise<readonly string[]>;
}>;

type Round = Readonly<{ folder: string; prefix: string; postscript: Postscript; random: () => number }>;

/** Two at the same moment; the one that has the folder first. */
async function startPair(folders: readonly [string, string], { postscript }: Round): Promise<readonly [Twin, Twin]> {
  const order = { postscriptUrl: postscript.url, postscriptKey: postscript.key };
  const [one, other] = await Promise.all([
    startTwin({ ...order, dataFolder: folders[0] }),
    startTwin({ ...order, dataFolder: folders[1] }),
  ]);
  one.begin();
  other.begin();
  return (await one.outcome).kind === 'holds' ? [one, other] : [other, one];
}

/** Whoever was refused must say so, and who is let in must be alone. */
async function judgePair([holder, refused]: readonly [Twin, Twin]): Promise<readonly string[]> {
  const [first, second] = await Promise.all([holder.outcome, refused.outcome]);
  if (first.kind !== 'holds') return ['neither engine could have the folder'];
  if (second.kind === 'holds') return ['both engines have the folder'];
  return second.kind === 'refused' && second.message !== inUse && second.message !== databaseInUse
    ? [`the second engine was refused with: ${second.message}`]
    : [];
}

/** A third start, while the first has the folder and its lock file has been replaced. */
async function tamper(way: Way, round: Round): Promise<readonly string[]> {
  if (way !== 'lock replaced') return [];
  const lock = join(round.folder, 'engine.lock');
  rmSync(lock);
  writeFileSync(lock, '');
  const { url, key } = round.postscript;
  const late = await startTwin({ postscriptUrl: url, postscriptKey: key, dataFolder: round.folder });
  late.begin();
  const outcome = await late.outcome;
  await late.kill();
  return outcome.kind === 'holds' ? ['a third engine has the folder beside the first'] : [];
}

async function playRound(way: Way, round: Round): Promise<readonly string[]> {
  const { folder, prefix, postscript, random } = round;
  makeDataFolder(folder, prefix, IN_LINE);
  const isRestore = way === 'restore begun';
  // It is finished by whoever opens the folder first, and nothing of what was in line in the copy may leave.
  if (isRestore) await beginRestore(folder);
  const second = way === 'link' ? `${folder}-link` : folder;
  if (way === 'link') symlinkSync(folder, second);
  const pair = await startPair([folder, second], round);
  const problems = [...(await judgePair(pair)), ...(await tamper(way, round))];
  // Nobody would send what is waited for below.
  if ((await pair[0].outcome).kind !== 'holds') return problems;
  // Killed at some moment while it sends; a new pair is there at once.
  const before = isRestore ? 0 : 1 + Math.floor(random() * (IN_LINE - 2));
  while ((await postscript.received(prefix)).length < before) await nextTurn();
  await Promise.all(pair.map(({ kill }) => kill()));
  const again = await startPair([folder, second], round);
  problems.push(...(await judgePair(again)));
  if ((await again[0].outcome).kind !== 'holds') return problems;
  await again[0].heard('done');
  await again[0].stop();
  await again[1].kill();
  return [...problems, ...judgeBooks(await postscript.received(prefix), folder, isRestore)];
}

function judgeBooks(received: readonly string[], folder: string, isRestore: boolean): readonly string[] {
  const { accepted, unknown, others, isSound } = readBooks(folder);
  const problems: string[] = [];
  const twice = repeats(received);
  if (twice.length > 0) problems.push(`Postscript received twice: ${twice.join(', ')}`);
  if (!isSound) problems.push('the database is damaged');
  if (others > 0) problems.push(`${others} deliveries are neither accepted nor in doubt`);
  if (isRestore) return received.length === 0 ? problems : [...problems, 'a restored line was handed over'];
  const lost = accepted.filter((key) => !received.includes(key));
  if (lost.length > 0) problems.push(`on record as accepted, and never received: ${lost.join(', ')}`);
  if (accepted.length + unknown.length !== IN_LINE) problems.push('a delivery is gone');
  if (unknown.length > MOST_IN_FLIGHT) problems.push(`${unknown.length} are in doubt`);
  return problems;
}

function repeats(keys: readonly string[]): readonly string[] {
  return keys.filter((key, index) => keys.indexOf(key) < index);
}

/** Looked for again and again: the simulator has no way to tell. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/**
 * Control: a copy of the folder, as a tool that syncs folders makes one, has locks of its own. Two engines on the two of them
 * send everything twice, and the judge must see it.
 */
async function playCopies(round: Round): Promise<readonly string[]> {
  const { folder, prefix, postscript } = round;
  makeDataFolder(folder, prefix, IN_LINE);
  cpSync(folder, `${folder}-copy`, { recursive: true });
  const pair = await startPair([folder, `${folder}-copy`], round);
  await Promise.all(pair.map(({ heard }) => heard('done')));
  await Promise.all(pair.map(({ stop }) => stop()));
  return judgeBooks(await postscript.received(prefix), folder, false);
}

async function openPostscript(seed: number): Promise<Postscript & Readonly<{ close: () => Promise<void> }>> {
  const random = createRandom(seed, 'latency');
  // An answer takes a while, so that a kill finds requests under way.
  const shop = await startPracticeShop(
    { ...defaultPracticeOptions, customers: 0, isLively: false, seed, startAt: Date.now() },
    async (_context, next) => {
      await new Promise((resolve) => setTimeout(resolve, random.next() * 60));
      await next();
    },
  );
  return {
    url: shop.urls.postscript,
    key: shop.credentials.postscriptKey,
    received: async (prefix) =>
      (await shop.control.ledger()).events.flatMap(({ externalId }) =>
        externalId?.startsWith(`${prefix}:`) === true ? [externalId] : [],
      ),
    close: shop.close,
  };
}

/** As many rounds, each in the next of the ways, and the control. */
export async function runTwins(
  starts: number,
  seed: number,
  options: Readonly<{ replay?: string | null; mayGoOn?: () => boolean; say?: (line: string) => void }> = {},
): Promise<PartReport> {
  const { replay = null, mayGoOn = () => true, say = () => undefined } = options;
  const home = mkdtempSync(join(scratch, 'heads-up-twins-'));
  const postscript = await openPostscript(seed);
  const findings: Finding[] = [];
  let played = 0;
  try {
    for (let index = 0; index < starts && mayGoOn(); index += 1) {
      if (replay !== null && replay !== String(index)) continue;
      const way = ways[index % ways.length] ?? 'same path';
      const random = createRandom(seed, `round ${index}`).next;
      const problems = await playRound(way, {
        folder: join(home, String(index)),
        prefix: `twin-${index}`,
        postscript,
        random,
      });
      findings.push(...problems.map((what) => ({ what: `start ${index}, ${way}: ${what}`, replay: String(index) })));
      played += 1;
      say(`${played} of ${starts} pairs, ${findings.length} findings`);
    }
    const control = await playCopies({
      folder: join(home, 'control'),
      prefix: 'control',
      postscript,
      random: () => 0.5,
    });
    if (!control.some((problem) => problem.startsWith('Postscript received twice')))
      findings.push({ what: 'the control, two engines on two copies of a folder, was not caught', replay: null });
    return {
      figures: [
        { name: 'pairs started at once, and again after a kill -9', value: played },
        { name: 'of them with two engines at work', value: findings.length },
        { name: 'control, two copies of one folder', value: control[0] ?? 'not caught' },
      ],
      findings,
      skipped: null,
    };
  } finally {
    await postscript.close();
    rmSync(home, { recursive: true, force: true });
  }
}

export const twins: Part<'starts'> = {
  name: 'twins',
  title: 'two engines started at once on one data folder, the one that has it killed, and two more: never two at work',
  sizes: { starts: 50 },
  run: ({ sizes, seed, minutes, replay, say }) => {
    const endAt = minutes === null ? Number.POSITIVE_INFINITY : performance.now() + minutes * 60_000;
    return runTwins(sizes.starts, seed, { replay, mayGoOn: () => performance.now() < endAt, say });
  },
};

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deliverDue } from '../../../main/core/deliver-due.ts';
import { openDatabase, OpenProblem } from '../../../main/db/open-database.ts';
import type { WriteDb } from '../../../main/db/types.ts';
import { watchStorage } from '../../../main/engine/storage.ts';
import { createStore } from '../../../main/engine/store.ts';
import { createRandom, type Random } from '../../../main/practice/random.ts';
import { toError } from '../../../shared/result.ts';
import { scratch } from '../../helpers/scratch.ts';
import { takePlatformCorpus } from './platform-corpus.ts';
import { runEpoch } from './platform-rows.ts';
import { runCases, type Suite } from './suite.ts';

const PAGE = 4096;
const MOST_ASKED = 5000;
const goesRound = new Error('The line of deliveries never came to its end');

const OUTCOMES = ['refused', 'named', 'harmless'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** A shop's database as bytes, some of its deliveries handed over and some in line. */
type Image = Readonly<{ database: Buffer; handedOver: ReadonlySet<string>; at: number }>;

async function makeImage(folder: string, seed: number): Promise<Image> {
  const path = join(folder, 'image.db');
  const corpus = await takePlatformCorpus(60);
  const { findings } = await runEpoch(corpus, seed, 0, 6, undefined, path);
  if (findings.length > 0) throw new Error(`Expected a sound shop: ${findings.join('; ')}`);
  const db = openDatabase({ path });
  const keys = db.prepare<[], string>('SELECT key FROM deliveries ORDER BY id').pluck().all();
  const half = keys.slice(0, Math.floor(keys.length / 2));
  const accept = db.prepare(
    "UPDATE deliveries SET state = 'accepted', reason = 'accepted', finished_at = created_at WHERE key = ?",
  );
  for (const key of half) accept.run(key);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return { database: readFileSync(path), handedOver: new Set(half), at: corpus.at + 6 * 3_600_000 };
}

function damage(image: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(image);
  const pages = Math.floor(bytes.length / PAGE);
  const page = (): number => random.between(0, pages - 1) * PAGE;
  const kind = random.pick(['bits', 'noise', 'truncated', 'swapped', 'zeroed', 'header', 'twice']);
  switch (kind) {
    case 'bits':
      for (let hit = 0; hit < 8; hit += 1) {
        const at = random.between(0, bytes.length - 1);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.between(0, 7));
      }
      break;
    case 'noise':
      for (let from = page(), at = from; at < from + 512; at += 1) bytes[at] = random.between(0, 255);
      break;
    case 'truncated':
      return bytes.subarray(0, random.between(0, bytes.length - 1));
    case 'swapped': {
      const [one, other] = [page(), page()];
      bytes.set(image.subarray(other, other + PAGE), one);
      bytes.set(image.subarray(one, one + PAGE), other);
      break;
    }
    case 'zeroed':
      bytes.fill(0, page(), page() + PAGE);
      break;
    case 'header':
      for (let hit = 0; hit < 4; hit += 1) bytes[random.between(0, 99)] = random.between(0, 255);
      break;
    case 'twice':
      bytes.set(image.subarray(0, PAGE), page());
      break;
  }
  return bytes;
}

/** Opens a damaged file as the engine does, and hands over what is in line unless damage was found. */
async function work(path: string, image: Image): Promise<Readonly<{ outcome: Outcome; findings: string[] }>> {
  let db: WriteDb;
  try {
    db = openDatabase({ path, now: () => image.at });
  } catch (error) {
    if (!(error instanceof OpenProblem))
      return { outcome: 'refused', findings: [`uncaught: ${toError(error).message}`] };
    const says = error.message !== '' && error.nextStep !== '';
    return { outcome: 'refused', findings: says ? [] : ['refused without a cause or a next step'] };
  }
  try {
    const storage = watchStorage(
      db,
      () => undefined,
      () => undefined,
    );
    while (storage.state().state === 'checking') await new Promise((resolve) => setTimeout(resolve, 5));
    if (storage.state().state === 'damaged') return { outcome: 'named', findings: [] };
    const sent: string[] = [];
    const error = await handOver(db, image.at, sent);
    if (error === goesRound) return { outcome: 'named', findings: [goesRound.message] };
    storage.noteJob('deliver', error);
    const again = sent.filter((key, index) => image.handedOver.has(key) || sent.indexOf(key) !== index);
    const findings = again.map((key) => `${key} was handed over a second time`);
    return { outcome: storage.state().state === 'damaged' ? 'named' : 'harmless', findings };
  } finally {
    db.close();
  }
}

/** Null when the job ended well. A line that is asked for more often than it is long goes round for ever. */
async function handOver(db: WriteDb, at: number, sent: string[]): Promise<Error | null> {
  const store = createStore(db);
  let asked = 0;
  try {
    await deliverDue({
      store: {
        ...store,
        nextDueDelivery: (...rest) => {
          asked += 1;
          if (asked > MOST_ASKED) throw goesRound;
          return store.nextDueDelivery(...rest);
        },
      },
      platform: undefined,
      channel: {
        preview: () => ({ method: 'POST', path: '/', body: {} }),
        send: ({ externalId }) => {
          sent.push(externalId);
          return Promise.resolve({ kind: 'accepted', status: 202, eventId: null, body: null });
        },
      },
      clock: { now: () => at, sleep: () => Promise.resolve() },
      takeTurn: () => Promise.resolve(),
      takeFreeTurn: () => true,
      random: () => 0.5,
      log: () => undefined,
    });
    return null;
  } catch (thrown) {
    return thrown === goesRound ? goesRound : toError(thrown);
  }
}

/** Damaged files of a shop at work: refused, found while open, or whole where it matters; never a second text. */
export const databasesSuite: Suite = async (order) => {
  const folder = mkdtempSync(join(scratch, 'heads-up-fuzz-'));
  const counts: Record<Outcome, number> = { refused: 0, named: 0, harmless: 0 };
  try {
    const image = await makeImage(folder, order.seed);
    const { tried, findings } = await runCases('databases', order, async (number) => {
      const random = createRandom(order.seed, 'damaged-databases', number);
      const path = join(folder, 'heads-up.db');
      for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
      const bytes = damage(image.database, random);
      writeFileSync(path, bytes);
      if (random.isLucky(0.2)) writeFileSync(`${path}-wal`, damage(image.database, random).subarray(0, 40_000));
      const { outcome, findings: found } = await work(path, image);
      counts[outcome] += 1;
      if (!existsSync(path)) found.push('the damaged file is gone');
      return { tried: 1, findings: found };
    });
    return {
      figures: [
        { name: 'damaged databases opened', value: tried },
        { name: 'refused with a next step', value: counts.refused },
        { name: 'damage found while open', value: counts.named },
        { name: 'nothing found to be wrong', value: counts.harmless },
      ],
      findings,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

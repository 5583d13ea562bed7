import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createKeyFileVault } from '../../../main/browser/key-file-vault.ts';
import { listBackups } from '../../../main/db/backup-files.ts';
import { orderDate } from '../../../main/practice/intervals.ts';
import { cancel, moveOrder } from '../../../main/practice/subscription-actions.ts';
import { deliveryKeys } from '../../../shared/domain/triggers.ts';
import type { Result } from '../../../shared/result.ts';
import type { Expected } from '../../helpers/crash-paths.ts';
import { addPerson, findPerson, nextOrderOf, subscribe, subscriptionOf } from '../../helpers/crash-people.ts';
import { startAt, startCrashWorld, type CrashWorld } from '../../helpers/crash-world.ts';
import { startEngineRun, type EngineRun } from './engine-run.ts';
import { places } from './promises.ts';

const MINUTE_MS = 60_000;

/** What the person at the console was told while the disk failed. */
export type Told = (what: string) => void;

/** One stretch of the product's work, done once while the disk fails and once more when it is well. */
export type Scene = Readonly<{
  name: string;
  /** Brings a new world, and the folder if there is one to begin with, to where the scene begins. */
  begin: (world: CrashWorld, root: string) => Promise<void>;
  play: (engine: EngineRun, world: CrashWorld, told: Told) => Promise<void>;
  /** When the second time begins, epoch ms. */
  againAt: number;
  expected: (world: CrashWorld) => Expected;
}>;

export async function startWorld(): Promise<CrashWorld> {
  return startCrashWorld((world, phones) => {
    addPerson(world, phones, { name: 'Ada', nextInDays: 10 });
    addPerson(world, phones, { name: 'Ben', nextInDays: 12 });
    addPerson(world, phones, { name: 'Cleo', nextInDays: 1, hasBadCard: true });
    addPerson(world, phones, { name: 'Dan', nextInDays: 9 });
    addPerson(world, phones, { name: 'Nina', nextInDays: 3 });
  });
}

export function openVault(root: string) {
  return createKeyFileVault({
    configFolder: join(root, places.config),
    keyFolder: join(root, places.keys),
    passphrase: null,
  });
}

export function startEngineOn(
  root: string,
  { address }: CrashWorld,
  now: number,
  log: (level: string, message: string, fields: string) => void,
): Promise<EngineRun> {
  const remotes = { postscript: address.postscript, smartrr: address.smartrr };
  return startEngineRun({ dataFolder: join(root, places.data), vault: openVault(root), remotes, now, log });
}

/** Says it when a call was refused: that is how a person learns of it. */
async function say<T>(call: Promise<Result<T>>, told: Told): Promise<void> {
  const result = await call;
  if (!result.ok) told(`${result.error.code}: ${result.error.message}`);
}

async function connect(engine: EngineRun, { address }: CrashWorld, told: Told): Promise<void> {
  await say(engine.call('connections.savePostscriptKey', { key: address.postscriptKey }), told);
  await say(engine.call('connections.saveSmartrrToken', { token: address.smartrrToken }), told);
  const inbox = { url: address.inbox, token: address.inboxToken, webhookSecret: 'crash-webhook-secret' };
  await say(engine.call('connections.saveInbox', inbox), told);
  await say(engine.call('sending.setOn', { on: true }), told);
}

/** From an empty folder to the first notice. */
const firstStart: Scene = {
  name: 'first-start',
  begin: () => Promise.resolve(),
  play: async (engine, world, told) => {
    await connect(engine, world, told);
    await say(engine.call('sync.run', {}), told);
  },
  againAt: startAt + 5 * MINUTE_MS,
  expected: ({ world }) => ({
    keys: [deliveryKeys.upcoming(subscriptionOf(world, 'Nina').id, nextOrderOf(world, 'Nina'), 3)],
    skips: [],
    replies: 0,
    mostUnknown: 3,
  }),
};

/** Makes the folder that the other scenes begin with: connected, synced, the notice on the phone. */
export async function prepareFolder(root: string): Promise<void> {
  const world = await startWorld();
  const fail: Told = (what) => {
    throw new Error(`The scene cannot be prepared: ${what}`);
  };
  const engine = await startEngineOn(root, world, startAt, () => undefined);
  await firstStart.play(engine, world, fail);
  await say(engine.call('backups.create', {}), fail);
  await engine.stop();
  await world.close();
}

/** Finds the inbox of this world where the one of the prepared folder was. */
function moveInbox(root: string, { address }: CrashWorld): void {
  const db = new Database(join(root, places.database));
  db.prepare("UPDATE marks SET value = ? WHERE name = 'inbox_url'").run(address.inbox);
  db.close();
}

/** A day on which much happens: changes that are announced, a SKIP, and what a person does at the console. */
const day: Scene = {
  name: 'day',
  begin: async (crashWorld, root) => {
    moveInbox(root, crashWorld);
    const { world } = crashWorld;
    await crashWorld.advanceTo(startAt + 10 * MINUTE_MS);
    await crashWorld.reply(findPerson(world, 'Nina').id, 'Skip please!');
    await crashWorld.advanceTo(startAt + 12 * MINUTE_MS);
    cancel(world, subscriptionOf(world, 'Ben'), 'CUSTOMER');
    moveOrder(world, subscriptionOf(world, 'Ada'), subscriptionOf(world, 'Ada').nextDay + 3, 'CUSTOMER');
    subscribe(world, findPerson(world, 'Dan'), { nextInDays: 30 }, world.clock.now());
  },
  play: async (engine, world, told) => {
    const now = world.world.clock.now();
    for (const minutes of [1, 3]) {
      await world.advanceTo(now + minutes * MINUTE_MS);
      await engine.wakeAt(now + minutes * MINUTE_MS);
    }
    await say(engine.call('settings.save', { shopName: 'Fern & Fable' }), told);
    await say(engine.call('connections.savePostscriptKey', { key: world.address.postscriptKey }), told);
    await say(engine.call('backups.create', {}), told);
  },
  againAt: startAt + 30 * MINUTE_MS,
  expected: ({ world }) => {
    const nina = subscriptionOf(world, 'Nina');
    // The one that her notice was about.
    const order = orderDate(world, nina, world.billingZone.dayOf(startAt) + 3);
    return {
      keys: [
        deliveryKeys.created(findPerson(world, 'Dan').subscriptions[1]?.id ?? ''),
        deliveryKeys.deactivated(
          findPerson(world, 'Ben').id,
          new Date(subscriptionOf(world, 'Ben').cancelledAt ?? 0).toISOString(),
        ),
        deliveryKeys.skipped(nina.id, order),
      ],
      skips: [`${nina.id} ${order}`],
      replies: 1,
      mostUnknown: 3,
    };
  },
};

/** A backup is put in the place of the database. */
const restore: Scene = {
  name: 'restore',
  begin: (world, root) => {
    moveInbox(root, world);
    return Promise.resolve();
  },
  play: async (engine, _world, told) => {
    const list = await engine.call('backups.list', {});
    const asked = list.ok ? list.value.backups.find(({ kind }) => kind === 'asked') : undefined;
    if (asked !== undefined) await say(engine.call('backups.restore', { name: asked.name }), told);
  },
  againAt: startAt + 30 * MINUTE_MS,
  expected: () => ({ keys: [], skips: [], replies: 0, mostUnknown: 0 }),
};

export const scenes: readonly Scene[] = [firstStart, day, restore];

/** The folder of a scene, as it is before the disk fails. */
export function layOut(scene: Scene, prepared: string, root: string): void {
  if (scene !== firstStart) cpSync(prepared, root, { recursive: true });
}

/** What a person would miss afterwards, beside what the simulators judge. */
export async function findMissing(scene: Scene, root: string, { address }: CrashWorld): Promise<readonly string[]> {
  const path = join(root, places.database);
  const missing: string[] = [];
  if ((await openVault(root).read('postscript_key')) !== address.postscriptKey) missing.push('the saved key is gone');
  if (scene !== firstStart && listBackups(path).length === 0) missing.push('the backups are gone');
  for (const { name } of listBackups(path)) {
    const db = new Database(join(root, places.data, 'backups', name), { readonly: true });
    if (db.pragma('quick_check', { simple: true }) !== 'ok') missing.push(`the backup ${name} is damaged`);
    db.close();
  }
  if (existsSync(`${path}.new`)) missing.push('a half-made database stays behind');
  return missing;
}

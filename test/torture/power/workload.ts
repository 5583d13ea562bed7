import { fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Hono } from 'hono';
import { createKeyFileVault } from '../../../main/browser/key-file-vault.ts';
import { listBackups } from '../../../main/db/backup-files.ts';
import { migrate } from '../../../main/db/migrate.ts';
import { migrations } from '../../../main/db/migrations/index.ts';
import { createInboxApp } from '../../../main/inbox/app.ts';
import { createInboxStore } from '../../../main/inbox/store.ts';
import { listen, type ServiceEnv } from '../../../main/practice/http-service.ts';
import { cancel, moveOrder } from '../../../main/practice/subscription-actions.ts';
import { webhookSecretHeader } from '../../../shared/domain/replies.ts';
import type { Result } from '../../../shared/result.ts';
import { addPerson, findPerson, subscribe, subscriptionOf } from '../../helpers/crash-people.ts';
import { startAt, startCrashWorld, type CrashWorld } from '../../helpers/crash-world.ts';
import { startEngineRun, type EngineRun } from './engine-run.ts';
import { openPromiseBook, places, type PromiseBook } from './promises.ts';

/** Entry of the process whose writes are recorded: `node workload.ts FOLDER first-days|update [NORMAL]`. */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const signature = 'torture-signature';
const webhookSecret = 'torture-webhook-secret';
/** The last version before skips could be taken back. */
const OLD_VERSION = 60;

const [, , root = '', name = '', synchronous = 'FULL'] = process.argv;
const at = (place: keyof typeof places): string => join(root, places[place]);

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** For a control: what better-sqlite3 does by itself under WAL, and the read-back that would tell. */
function loseFull(): void {
  const original = Object.getOwnPropertyDescriptor(Database.prototype, 'pragma')?.value as Database.Database['pragma'];
  Database.prototype.pragma = function weaker(source, options) {
    if (source === 'synchronous') return 2;
    return original.call(this, source === 'synchronous = FULL' ? 'synchronous = NORMAL' : source, options);
  };
}

/** The inbox on a file, which answers 200 only for what it has kept. */
async function openInbox(world: CrashWorld, book: PromiseBook) {
  const store = createInboxStore(at('inbox'));
  const app = createInboxApp({
    store,
    signatureToken: signature,
    webhookSecret,
    readToken: world.address.inboxToken,
    now: world.world.clock.now,
  });
  const server = await listen(new Hono<ServiceEnv>().all('*', (context) => app.fetch(context.req.raw)));
  const messages: string[] = [];
  return {
    url: server.url,
    receive: async (person: string, body: string): Promise<void> => {
      const id = `im_${messages.length + 1}`;
      const answer = await fetch(`${server.url}/webhooks/postscript`, {
        method: 'POST',
        headers: { 'Postscript-Signature': signature, [webhookSecretHeader]: webhookSecret },
        body: JSON.stringify({
          event: 'shop.incoming_message',
          event_data: { id, from_number: findPerson(world.world, person).phone, body },
        }),
      });
      if (answer.status !== 200) throw new Error(`The inbox answered ${answer.status}`);
      messages.push(id);
      book.note({ messages: [...messages] });
    },
    close: async () => {
      await server.close();
      store.close();
    },
  };
}

/** A new shop: keys, the first syncs, texts, a reply that skips, backups, a restore, and a day after that. */
async function runFirstDays(book: PromiseBook): Promise<void> {
  const crashWorld = await startCrashWorld((world, phones) => {
    addPerson(world, phones, { name: 'Ada', nextInDays: 10 });
    addPerson(world, phones, { name: 'Ben', nextInDays: 12 });
    addPerson(world, phones, { name: 'Cleo', nextInDays: 1, hasBadCard: true });
    addPerson(world, phones, { name: 'Nina', nextInDays: 3 });
  });
  const { world, address } = crashWorld;
  book.note();
  const inbox = await openInbox(crashWorld, book);
  const vault = createKeyFileVault({ configFolder: at('config'), keyFolder: at('keys'), passphrase: null });
  const engine = await startEngineRun({
    dataFolder: at('data'),
    vault,
    remotes: { postscript: address.postscript, smartrr: address.smartrr },
    now: startAt,
    onRequest: () => book.note(),
  });
  book.note();
  const passTo = async (now: number): Promise<void> => {
    await crashWorld.advanceTo(now);
    await engine.wakeAt(now);
    book.note();
  };

  must(await engine.call('connections.savePostscriptKey', { key: address.postscriptKey }));
  book.note({ secrets: { postscript_key: address.postscriptKey } });
  must(await engine.call('connections.saveSmartrrToken', { token: address.smartrrToken }));
  const secrets = { postscript_key: address.postscriptKey, smartrr_token: address.smartrrToken };
  book.note({ secrets });
  must(await engine.call('connections.saveInbox', { url: inbox.url, token: address.inboxToken, webhookSecret }));
  book.note({ secrets: { ...secrets, inbox_token: address.inboxToken, inbox_webhook_secret: webhookSecret } });
  must(await engine.call('sending.setOn', { on: true }));
  await passTo(startAt + MINUTE_MS);

  await inbox.receive('Nina', 'Skip please!');
  await inbox.receive('Ada', 'Where is my coffee?');
  for (const minutes of [2, 3, 5]) await passTo(startAt + minutes * MINUTE_MS);
  const backup = must(await engine.call('backups.create', {}));
  book.note({ backups: [backup.name] });

  await crashWorld.advanceTo(startAt + DAY_MS);
  moveOrder(world, subscriptionOf(world, 'Ada'), subscriptionOf(world, 'Ada').nextDay + 3, 'CUSTOMER');
  cancel(world, subscriptionOf(world, 'Ben'), 'CUSTOMER');
  subscribe(world, findPerson(world, 'Nina'), { nextInDays: 30 }, world.clock.now());
  for (const minutes of [1, 2]) await passTo(startAt + DAY_MS + minutes * MINUTE_MS);
  must(await engine.call('templates.save', { trigger: 'upcoming_order', copy: 'Your order ships soon.' }));
  book.note();
  await restore(engine, book, backup.name);
  await inbox.receive('Ben', 'STOP');
  for (const minutes of [3, 4, 6]) await passTo(startAt + DAY_MS + minutes * MINUTE_MS);
  await engine.stop();
  book.note();
  await inbox.close();
  await crashWorld.close();
}

async function restore(engine: EngineRun, book: PromiseBook, name: string): Promise<void> {
  must(await engine.call('backups.restore', { name }));
  const { backups } = must(await engine.call('backups.list', {}));
  book.note({ backups: backups.map((backup) => backup.name) });
  must(await engine.call('sending.setOn', { on: true }));
  book.note();
}

/** A shop of an earlier version, which the start copies and brings up to date. */
async function runUpdate(book: PromiseBook): Promise<void> {
  mkdirSync(at('data'));
  const db = new Database(at('database'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  migrate(
    db,
    migrations.filter(({ version }) => version <= OLD_VERSION),
  );
  const mark = db.prepare('INSERT INTO marks (name, value) VALUES (?, ?)');
  for (let index = 0; index < 50; index += 1) mark.run(`label:${index}`, 'x'.repeat(200));
  db.close();
  for (const folder of [at('data'), root]) fsyncSync(openSync(folder, 'r'));
  book.note();

  const vault = createKeyFileVault({ configFolder: at('config'), keyFolder: at('keys'), passphrase: null });
  const nowhere = 'http://127.0.0.1:9';
  const remotes = { postscript: nowhere, smartrr: nowhere };
  const engine = await startEngineRun({ dataFolder: at('data'), vault, remotes, now: startAt });
  book.note({ backups: listBackups(at('database')).map((backup) => backup.name) });
  must(await engine.call('settings.save', { shopName: 'Fern & Fable' }));
  book.note();
  await engine.stop();
  book.note();
}

if (synchronous === 'NORMAL') loseFull();
await (name === 'update' ? runUpdate : runFirstDays)(openPromiseBook(openSync(at('promises'), 'a')));
process.exit();

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createBrowserApp } from '../../../main/browser/app.ts';
import { createComputerHandlers } from '../../../main/browser/computer-handlers.ts';
import { createEventStream } from '../../../main/browser/event-stream.ts';
import { createSessions } from '../../../main/browser/session.ts';
import { createRouter } from '../../../main/contract-router.ts';
import { registerIpc } from '../../../main/electron/ipc-router.ts';
import { createEngine } from '../../../main/engine/engine.ts';
import type { SecretName } from '../../../main/engine/port.ts';
import { createRandom, type Random } from '../../../main/practice/random.ts';
import { channels, type Channel } from '../../../shared/ipc/channels.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { errorCodes } from '../../../shared/result.ts';
import { sampleInput } from '../../helpers/sample-input.ts';
import { scratch } from '../../helpers/scratch.ts';
import { mutate, mutateText } from './mutate.ts';
import { isPolluted, pickOdd, poison } from './odd-values.ts';
import { takePlatformCorpus } from './platform-corpus.ts';
import { runEpoch } from './platform-rows.ts';
import { member } from './strict-reading.ts';
import { runCases, type Suite } from './suite.ts';

type Handler = Parameters<Parameters<typeof registerIpc>[0]['ipcMain']['handle']>[1];
type IpcEvent = Parameters<Handler>[0];
type Answer = Readonly<{ value: unknown; text: string }>;
type Carrier = (channel: unknown, input: unknown) => Promise<Answer>;

const KEY = 'sk_planted_and_never_to_be_seen_0000';
const LONGEST_ANSWER_MS = 60_000;
const PORT = 4321;
/** A valid one starts servers, ends the engine or fills the disk: each has tests of its own. */
const notAsked: readonly unknown[] = ['practice.start', 'backups.restore', 'backups.create'];

/** A real engine on a shop with odd people in it, behind the routers of both hosts. */
async function openHosts(seed: number) {
  const dataFolder = mkdtempSync(join(scratch, 'heads-up-fuzz-'));
  const databasePath = join(dataFolder, 'heads-up.db');
  await runEpoch(await takePlatformCorpus(30), seed, 0, 3, undefined, databasePath);
  const vault = new Map<SecretName, string>([['postscript_key', KEY]]);
  const bugs: string[] = [];
  const engine = await createEngine({
    start: {
      host: 'browser',
      version: '0.0.0-test',
      dataFolder,
      startInPractice: false,
      // Nothing listens there.
      remotes: { postscript: 'http://127.0.0.1:9', smartrr: 'http://127.0.0.1:9' },
    },
    vault: {
      read: (name) => Promise.resolve(vault.get(name) ?? null),
      write: (name, value) => Promise.resolve(void vault.set(name, value)),
      remove: (name) => Promise.resolve(void vault.delete(name)),
    },
    emit: () => undefined,
    restart: () => undefined,
    log: (level, message, fields) => {
      if (message.startsWith('The call ')) bugs.push(`${level} ${message} ${JSON.stringify(fields)}`);
    },
    requestTimeoutMs: 1000,
  });
  const route = createRouter({
    computer: createComputerHandlers({
      version: '0.0.0-test',
      dataFolder,
      engine: () => ({ state: 'running', restartedAt: null }),
      vault: Promise.resolve({
        describe: () => Promise.resolve({ state: 'protected', description: '', problem: null }),
      }),
    }),
    call: engine.call,
    onBug: (channel, error) => void bugs.push(`${channel}: ${error.message}`),
  });
  const observer = new Database(databasePath, { readonly: true, timeout: 0 });
  const stop = async (): Promise<void> => {
    observer.close();
    await engine.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  return {
    dataFolder,
    bugs,
    carriers: { ipc: overIpc(route), http: await overHttp(route) },
    /** Changes with each commit of the engine; null while the engine has the file for itself. */
    version: () => readVersion(observer),
    stop,
  };
}

function readVersion(observer: Database.Database): unknown {
  try {
    return observer.pragma('data_version', { simple: true });
  } catch {
    return null;
  }
}

type Hosts = Awaited<ReturnType<typeof openHosts>>;
type Route = Parameters<typeof registerIpc>[0]['route'];

function overIpc(route: Route): Carrier {
  const handlers = new Map<string, Handler>();
  registerIpc({ ipcMain: { handle: (channel, handler: Handler) => void handlers.set(channel, handler) }, route });
  const frame = { url: 'app://heads-up/' };
  // Electron's event, as far as the router looks at it.
  const event = { senderFrame: frame, sender: { mainFrame: frame } } as unknown as IpcEvent;
  return async (channel, input) => {
    const handler = typeof channel === 'string' ? handlers.get(channel) : undefined;
    // Electron itself answers for a channel that is not there.
    const value: unknown = handler === undefined ? await route(channel, input) : await handler(event, input);
    return { value, text: JSON.stringify(value) };
  };
}

async function overHttp(route: Route): Promise<Carrier> {
  const sessions = createSessions({ now: Date.now });
  const events = createEventStream();
  const files = { find: () => undefined };
  const app = createBrowserApp({ port: () => PORT, route, sessions, events, files, controlSecret: 'not-asked-for' });
  const host = { host: `127.0.0.1:${PORT}` };
  const signIn = await app.request(`/?token=${sessions.issueToken()}`, { headers: host });
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async (channel, input) => {
    const headers = { ...host, cookie, origin: `http://127.0.0.1:${PORT}`, 'content-type': 'application/json' };
    // A text in the input's place is a body that is no call at all.
    const body = channel === undefined && typeof input === 'string' ? input : JSON.stringify({ channel, input });
    const answer = await app.request('/api/call', { method: 'POST', headers, body });
    const text = await answer.text();
    return { value: JSON.parse(text), text };
  };
}

type Message = Readonly<{ channel: unknown; input: unknown; over: keyof Hosts['carriers'] }>;

const samples = new Map<Channel, unknown>();

function makeMessage(random: Random): Message {
  const over = random.isLucky(0.3) ? 'http' : 'ipc';
  const channel: unknown = random.isLucky(0.97)
    ? random.pick(channels)
    : random.pick<unknown>([
        '__proto__',
        'constructor',
        'toString',
        'status.get ',
        'STATUS.GET',
        '',
        7,
        null,
        ['status.get'],
        {},
      ]);
  const known = channels.find((one) => one === channel);
  const sample = known === undefined ? {} : (samples.get(known) ?? sampleInput(known));
  if (known !== undefined) samples.set(known, sample);
  const kind = random.weighted([
    ['mutated', 80],
    ['odd', 10],
    ['poisoned', 5],
    ['as agreed', 4],
    ['too much', 0.3],
    ['no call', 0.7],
  ]);
  switch (kind) {
    case 'mutated':
      return { channel, over, input: mutate(sample, random) };
    case 'odd':
      return { channel, over, input: pickOdd(random) };
    case 'poisoned':
      return { channel, over, input: Object.assign(Object(poison()), sample) };
    case 'as agreed':
      return { channel, over, input: sample };
    case 'too much':
      return { channel, over, input: { text: 'x'.repeat(3_000_000) } };
    case 'no call':
      return {
        channel: undefined,
        over: 'http',
        input: mutateText(JSON.stringify({ channel, input: sample }), random),
      };
  }
}

function judgeAnswer({ channel, input }: Message, { value, text }: Answer, { dataFolder }: Hosts): string[] {
  const problems: string[] = [];
  if (/\n\s+at |\.ts:\d|node:internal|SQLITE_|SqliteError/.test(text))
    problems.push(`tells how it is built: ${text.slice(0, 200)}`);
  if (text.includes(KEY)) problems.push('holds a key');
  const known = channels.find((one) => one === channel);
  if (member(value, 'ok') === true) {
    if (known === undefined) return [...problems, 'there is no such channel, and it was answered'];
    if (JSON.stringify(input ?? null).length > 1_100_000) problems.push('takes more than a call may hold');
    const shape = contract[known].output.safeParse(member(value, 'value'));
    return shape.success ? problems : [...problems, `is not as agreed: ${shape.error.message.slice(0, 200)}`];
  }
  const error = member(value, 'error');
  const [code, message] = [member(error, 'code'), member(error, 'message')];
  if (!errorCodes.some((one) => one === code)) problems.push(`refuses with the code ${JSON.stringify(code)}`);
  if (typeof message !== 'string' || message === '') problems.push('refuses without a sentence');
  if (code === 'internal') problems.push(`is a bug: ${text.slice(0, 200)}`);
  if (text.includes(dataFolder)) problems.push('tells a path');
  return problems;
}

async function ask(carry: Carrier, { channel, input }: Message): Promise<Answer | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LONGEST_ANSWER_MS);
  });
  try {
    return await Promise.race([carry(channel, input), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function tryMessage(hosts: Hosts, message: Message): Promise<string[]> {
  const { channel, input, over } = message;
  const known = channels.find((one) => one === channel);
  if (known !== undefined && notAsked.includes(known) && contract[known].input.safeParse(input).success) return [];
  const carry = hosts.carriers[over];
  const before = hosts.version();
  const answer = await ask(carry, message);
  if (answer === null) return ['was not answered'];
  const problems = judgeAnswer(message, answer, hosts);
  if (isPolluted()) problems.push('changed every object of this process');
  const isRefused = member(answer.value, 'ok') !== true;
  if (isRefused && hosts.version() !== before) {
    // A job of the engine may have ended meanwhile; the same message again tells.
    const again = hosts.version();
    await ask(carry, message);
    if (hosts.version() !== again) problems.push('was refused, and changed the database');
  }
  return problems.map(
    (what) => `${over} ${JSON.stringify(channel)} ${(JSON.stringify(input) ?? '').slice(0, 100)}: ${what}`,
  );
}

/** Messages of a window gone bad, through the routers of both hosts, before a real engine. */
export const messagesSuite: Suite = async (order) => {
  const hosts = await openHosts(order.seed);
  try {
    const { tried, findings } = await runCases('messages', order, async (number) => {
      const message = makeMessage(createRandom(order.seed, 'contract-messages', number));
      return { tried: 1, findings: await tryMessage(hosts, message) };
    });
    const bugs = hosts.bugs.slice(0, 5).map((what) => ({ what: `messages: ${what}`, replay: null }));
    return { figures: [{ name: 'contract messages sent', value: tried }], findings: [...findings, ...bugs] };
  } finally {
    await hosts.stop();
  }
};

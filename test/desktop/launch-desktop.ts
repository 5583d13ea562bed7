import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import type { OpenChromium } from './open-chromium.ts';
import type { Answered, Commands } from './stand-in/control.ts';
import { settingsVariable, type Keyring, type StandInSettings } from './stand-in/settings.ts';
import { scratch } from '../helpers/scratch.ts';

const builtEntry = fileURLToPath(new URL('../../dist/main/index.js', import.meta.url));
const register = new URL('./stand-in/register.ts', import.meta.url).href;

type Asker<Command> = Command extends (...args: infer Args) => infer Value
  ? (...args: Args) => Promise<Awaited<Value>>
  : never;

/** Reads and drives the fakes inside the app's process. */
export type Control = Readonly<{ [Name in keyof Commands]: Asker<Commands[Name]> }>;

export type LaunchOptions = Readonly<{
  chromium: OpenChromium;
  /** What is started; the built app unless said otherwise. */
  entry?: string;
  flags?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  keyring?: Keyring;
  isPackaged?: boolean;
  resourcesPath?: string;
}>;

export type Desktop = Readonly<{
  /** Holds everything that the app keeps: `config`, `data`, and the keyring beside them. */
  home: string;
  pid: number;
  control: Control;
  /** The window's page, once it shows the console. Another one after a crash. */
  page: () => Promise<Page>;
  /** The DevTools protocol of that page. */
  cdp: () => Promise<CDPSession>;
  /** What pages complained about since the last look: script errors, blocked resources. */
  takeComplaints: () => readonly string[];
  /** What the process wrote to its terminal. */
  output: () => string;
  exited: Promise<number | null>;
  /** As from the menu, and the exit code that follows. */
  quit: () => Promise<number | null>;
  /** Ends it without a chance to tidy up. */
  kill: () => Promise<void>;
  /** Another process on the same folders, while this one runs or after it. */
  startAgain: (flags?: readonly string[]) => Promise<Desktop>;
  /** Ends the process and forgets everything that it kept. */
  remove: () => Promise<void>;
}>;

type Place = Readonly<{
  home: string;
  context: BrowserContext;
  browserContextId: string;
  complaints: string[];
  crashed: ReadonlySet<Page>;
}>;

/** Starts the built app, unmodified, on the stand-in for Electron, with folders and a profile of its own. */
export async function launchDesktop(options: LaunchOptions): Promise<Desktop> {
  if (!existsSync(options.entry ?? builtEntry)) throw new Error('Build first: npm run build');
  const { context, browserContextId } = await options.chromium.openProfile();
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  const crashed = new Set<Page>();
  context.on('page', (page) => page.on('crash', () => crashed.add(page)));
  const home = mkdtempSync(join(scratch, 'heads-up-desktop-'));
  return start(options, { home, context, browserContextId, complaints, crashed });
}

async function start(options: LaunchOptions, place: Place): Promise<Desktop> {
  const {
    chromium,
    entry = builtEntry,
    flags = [],
    environment = {},
    keyring = 'open',
    isPackaged = false,
    resourcesPath = '',
  } = options;
  const { home, context, browserContextId, complaints, crashed } = place;
  const settings: StandInSettings = {
    browser: chromium.address,
    browserContextId,
    keyringFolder: join(home, 'keyring'),
    keyring,
    isPackaged,
    resourcesPath,
  };
  const child = fork(entry, flags, {
    execArgv: ['--import', register],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      ...environment,
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_DATA_HOME: join(home, 'data'),
      [settingsVariable]: JSON.stringify(settings),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const control = controlOf(child, () => output);

  const page = async (): Promise<Page> => {
    const isOver = exited.then((code) => Promise.reject(new Error(`The app ended with ${code}:\n${output}`)));
    // Lost when the page is there first.
    isOver.catch(() => undefined);
    const living = context.pages().find((each) => !crashed.has(each));
    const shown = living ?? (await Promise.race([context.waitForEvent('page'), isOver]));
    await Promise.race([shown.getByRole('heading', { level: 1 }).first().waitFor(), isOver]);
    return shown;
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    // Its windows went with it, as far as a person could tell.
    await Promise.all(context.pages().map((each) => each.close()));
  };

  return {
    home,
    pid: child.pid ?? 0,
    control,
    page,
    cdp: async () => context.newCDPSession(await page()),
    takeComplaints: () => complaints.splice(0),
    output: () => output,
    exited,
    quit: async () => {
      await control.quit();
      return exited;
    },
    kill,
    startAgain: (otherFlags) => start({ ...options, ...(otherFlags !== undefined && { flags: otherFlags }) }, place),
    remove: async () => {
      await kill();
      await context.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Every command of the app's side as a function that asks it. */
function controlOf(child: ChildProcess, output: () => string): Control {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let nextId = 1;
  child.on('message', ({ id, isOk, value }: Answered) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (isOk) asked?.resolve(value);
    else asked?.reject(new Error(String(value)));
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The app ended with ${code}:\n${output()}`));
  });
  const ask = (command: string, args: readonly unknown[]): Promise<unknown> => {
    const id = nextId++;
    const asked = Promise.withResolvers<unknown>();
    waiting.set(id, asked);
    child.send({ id, command, args }, (error) => {
      if (error !== null) asked.reject(error);
    });
    return asked.promise;
  };
  // Named by a string, typed by the object on the other side.
  return new Proxy({} as Control, {
    get: (_target, command) =>
      command === 'then' ? undefined : (...args: readonly unknown[]) => ask(String(command), args),
  });
}

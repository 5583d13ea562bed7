import { join } from 'node:path';
import { toError } from '../../shared/result.ts';
import { createRouter } from '../contract-router.ts';
import { EngineCannotStart, startEngine, type EngineClient } from '../engine-client.ts';
import type { SecretVault } from '../engine/port.ts';
import { findFolders } from '../folders.ts';
import { guardVault } from '../guarded-vault.ts';
import { createLogger } from '../log/logger.ts';
import { createRendererFiles } from '../renderer-files.ts';
import { findRemotes, type Remotes } from '../remotes.ts';
import type { RuntimeFiles } from '../runtime-files.ts';
import { createBrowserApp } from './app.ts';
import { createComputerHandlers } from './computer-handlers.ts';
import { createEventStream } from './event-stream.ts';
import { claimInstance } from './instance.ts';
import { createKeyFileVault } from './key-file-vault.ts';
import { listen } from './listen.ts';
import { openPage } from './open-page.ts';
import { browserHelp, parseBrowserOptions, type BrowserOptions } from './options.ts';
import { createSessions, makeSecret } from './session.ts';

type Terminal = Readonly<{ say: (line: string) => void; complain: (line: string) => void }>;

type RunDeps = Terminal &
  Readonly<{ files: RuntimeFiles; argv: readonly string[]; environment: NodeJS.ProcessEnv; platform: NodeJS.Platform }>;

/** Runs the browser host until it is told to stop; the value is the process's exit code. */
export async function runBrowserHost(deps: RunDeps): Promise<number> {
  const { argv, environment, platform, say, complain } = deps;
  const options = parseBrowserOptions(argv, findFolders(environment, platform));
  if (!options.ok) {
    complain(`${options.error.message} ${options.error.nextStep ?? ''}`);
    return 1;
  }
  if (options.value.wantsHelp) {
    say(browserHelp);
    return 0;
  }
  const remotes = findRemotes(environment);
  if (!remotes.ok) {
    complain(remotes.error.message);
    return 1;
  }
  try {
    return await serveUntilStopped(deps, options.value, remotes.value);
  } catch (error) {
    complain(`Heads Up cannot start: ${toError(error).message}`);
    if (error instanceof EngineCannotStart) complain(error.nextStep);
    return 1;
  }
}

async function serveUntilStopped(deps: RunDeps, options: BrowserOptions, remotes: Remotes | null): Promise<number> {
  const { files, environment, platform, say, complain } = deps;
  const { folders } = options;
  const stopAsked = waitForStopSignal();
  const controlSecret = makeSecret();
  const sessions = createSessions({ now: Date.now });
  const events = createEventStream();
  const logger = createLogger({ folder: join(folders.data, 'logs'), level: 'info' });
  const vaultOpened = Promise.withResolvers<SecretVault>();
  let engine: EngineClient | undefined;
  const engineReady = Promise.withResolvers<EngineClient>();
  // Whoever waits for them is told; nobody may be waiting.
  vaultOpened.promise.catch(() => undefined);
  engineReady.promise.catch(() => undefined);

  const server = await listen(options.port, (port) =>
    createBrowserApp({
      port,
      route: createRouter({
        computer: createComputerHandlers({
          version: files.version,
          dataFolder: folders.data,
          engine: () => engine?.state() ?? { state: 'starting' },
          vault: vaultOpened.promise,
        }),
        // A second start may hand out a link before the engine is ready: its page waits here.
        call: async (channel, input) => (await engineReady.promise).call(channel, input),
        onBug: (channel, error) => logger.error('A call failed unexpectedly.', { channel, error }),
      }),
      sessions,
      events,
      files: createRendererFiles(files.rendererFolder),
      controlSecret,
    }),
  );
  const toLink = (): string => `http://127.0.0.1:${server.port}/?token=${sessions.issueToken()}`;

  let release = (): void => undefined;
  try {
    const claim = await claimInstance({
      dataFolder: folders.data,
      instance: { pid: process.pid, port: server.port, controlSecret },
    });
    if (claim.kind === 'running') {
      say(`Heads Up is already running: ${claim.url}`);
      if (options.opensPage) openPage(claim.url, environment, platform);
      return 0;
    }
    if (claim.kind === 'stuck') {
      complain(`Heads Up is already running (process ${claim.pid}) but does not answer. End it, then try again.`);
      return 1;
    }
    release = claim.release;

    const vault = createKeyFileVault({
      configFolder: folders.config,
      keyFolder: folders.keys,
      passphrase: takePassphrase(environment),
    });
    const { problem } = await vault.describe();
    if (problem !== null) complain(problem);
    vaultOpened.resolve(vault);
    const starting = startEngine({
      workerUrl: files.workerUrl,
      start: {
        host: 'browser',
        version: files.version,
        dataFolder: folders.data,
        startInPractice: options.startInPractice,
        ...(remotes !== null && { remotes }),
      },
      vault: guardVault(vault, logger.addSecret),
      onEvent: events.send,
      onLog: logger.log,
      onStopped: ({ message, nextStep }) => complain(`${message} ${nextStep}`),
    });
    engine = await Promise.race([starting, stopAsked]);
    if (engine === undefined) return 0;
    engineReady.resolve(engine);
    logger.info('Heads Up is ready.', { version: files.version });
    say(`Heads Up is ready: ${toLink()}`);
    // A link of its own: the printed one stays good for another browser.
    if (options.opensPage) openPage(toLink(), environment, platform);
    await stopAsked;
    await engine.stop();
    return 0;
  } finally {
    const closing = new Error('Heads Up is closing');
    vaultOpened.reject(closing);
    engineReady.reject(closing);
    events.close();
    await server.close();
    release();
    logger.close();
  }
}

/** Every time, not once: Ctrl+C may reach us twice, from the terminal and from npm, and the second must not kill. */
function waitForStopSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(undefined));
  });
}

/** Takes it out of the environment, which every process that we start would inherit. */
function takePassphrase(environment: NodeJS.ProcessEnv): string | null {
  const passphrase = environment['HEADS_UP_PASSPHRASE'];
  delete environment['HEADS_UP_PASSPHRASE'];
  return passphrase === undefined || passphrase === '' ? null : passphrase;
}

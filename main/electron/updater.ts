import type { FoundUpdate, UpdateState } from '../../shared/ipc/update-state.ts';
import { fail, ok, toError, type Result } from '../../shared/result.ts';
import { describeUpdateFailure, type Advice } from './update-failure.ts';

/** Where updates come from and how one gets in. */
export type UpdateSource = Readonly<{
  /** Null when there is nothing newer. */
  check: () => Promise<FoundUpdate | null>;
  /** Resolves when the file is here and is the one that the feed names. */
  download: (onPercent: (percent: number) => void, signal: AbortSignal) => Promise<void>;
  /** Rejects when the file could not be put in place: asked while everything still runs. */
  prepare: () => Promise<void>;
  /** Starts the installer, which ends the app. Settles only when that did not work. */
  install: (how: Readonly<{ restarts: boolean }>) => Promise<void>;
}>;

/** What this computer remembers about updates. */
export type UpdateMemory = Readonly<{
  looks: () => boolean;
  installsOnQuit: () => boolean;
  /** The version that was handed to the installer and has not been seen running since. */
  getInstalling: () => string | null;
  setInstalling: (version: string | null) => void;
}>;

export type UpdaterDeps = Readonly<{
  version: string;
  /** Why this installation cannot update itself; null when it can. */
  obstacle: Advice | null;
  /** Asked at most once, and not before something is looked for. */
  openSource: () => Promise<UpdateSource>;
  memory: UpdateMemory;
  now: () => number;
  onChange: () => void;
  onFailure: (message: string, error: Error) => void;
  /** Ends the app through its clean shutdown, without asking. */
  quit: () => void;
  /** Has this same version started again once the app has ended. */
  relaunch: () => void;
}>;

type Begun = Result<Record<string, never>>;

export type Updater = Readonly<{
  getState: () => UpdateState;
  /** May come at any time and often: looks when a look is due. */
  knock: () => void;
  /** The merchant has changed what this computer remembers. */
  applySettings: () => void;
  /** These three only begin it: the state says what comes of it. */
  check: () => Begun;
  download: () => Begun;
  install: () => Promise<Begun>;
  /** For the clean shutdown, when nothing runs any more. Resolves when the app should end without an installer. */
  installBeforeExit: () => Promise<void>;
}>;

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;
const switchedOff = fail(
  'conflict',
  'Looking for updates is switched off.',
  'Switch it on in Settings, under This computer.',
);

/**
 * Looks for updates at the start and once a day, and does everything else when it is told to.
 *
 * Never downloads, installs or restarts by itself.
 */
export function createUpdater(deps: UpdaterDeps): Updater {
  const { version, obstacle, openSource, memory, now, onChange, onFailure, quit, relaunch } = deps;
  let source: Promise<UpdateSource> | null = null;
  let nextCheckAt = now();
  /** Ends what is under way when looking is switched off, and makes its answer count for nothing. */
  let underWay = new AbortController();
  let wantsRestart = false;
  let state = findFirstState();

  function findFirstState(): UpdateState {
    if (obstacle !== null) return { kind: 'no_feed', ...obstacle };
    const wanted = memory.getInstalling();
    if (wanted !== null) memory.setInstalling(null);
    if (!memory.looks()) return { kind: 'off' };
    if (wanted === null || wanted === version) return { kind: 'idle', lastCheckedAt: null };
    nextCheckAt = now() + hourMs;
    return {
      kind: 'failed',
      during: 'install',
      message: `Version ${wanted} was not installed: this is still ${version}.`,
      nextStep: 'Check for it again, or install it by hand over this one. The log may know more.',
      failedAt: now(),
    };
  }

  function change(next: UpdateState): void {
    state = next;
    onChange();
  }

  function open(): Promise<UpdateSource> {
    source ??= openSource();
    return source;
  }

  function failWith(during: 'check' | 'download', thrown: unknown): void {
    const error = toError(thrown);
    onFailure(`The update failed during its ${during}.`, error);
    change({ kind: 'failed', during, ...describeUpdateFailure(error), failedAt: now() });
  }

  /** One that nobody asked for does not take away what was found earlier. */
  async function look(isAsked: boolean): Promise<void> {
    const { signal } = underWay;
    const before = state;
    nextCheckAt = now() + dayMs;
    change({ kind: 'checking' });
    try {
      const update = await (await open()).check();
      if (signal.aborted) return;
      change(update === null ? { kind: 'idle', lastCheckedAt: now() } : { kind: 'available', update });
    } catch (error) {
      if (signal.aborted) return;
      nextCheckAt = now() + hourMs;
      if (before.kind === 'available' && !isAsked) change(before);
      else failWith('check', error);
    }
  }

  async function fetchUpdate(update: FoundUpdate): Promise<void> {
    const { signal } = underWay;
    let shown = 0;
    change({ kind: 'downloading', update, percent: shown });
    try {
      const opened = await open();
      await opened.download((percent) => {
        if (signal.aborted || Math.floor(percent) <= shown) return;
        shown = Math.floor(percent);
        change({ kind: 'downloading', update, percent: shown });
      }, signal);
      if (!signal.aborted) change({ kind: 'ready', update });
    } catch (error) {
      if (!signal.aborted) failWith('download', error);
    }
  }

  return {
    getState: () => state,
    knock: () => {
      const canLook = state.kind === 'idle' || state.kind === 'available' || state.kind === 'failed';
      if (canLook && now() >= nextCheckAt) void look(false);
    },
    applySettings: () => {
      if (obstacle !== null || memory.looks() === (state.kind !== 'off')) return;
      underWay.abort();
      underWay = new AbortController();
      if (memory.looks()) void look(true);
      else change({ kind: 'off' });
    },
    check: () => {
      if (state.kind === 'off') return switchedOff;
      if (state.kind === 'no_feed') return fail('conflict', state.message, state.nextStep);
      // What is here already is not looked for again.
      if (state.kind !== 'checking' && state.kind !== 'downloading' && state.kind !== 'ready') void look(true);
      return ok({});
    },
    download: () => {
      if (state.kind === 'downloading' || state.kind === 'ready') return ok({});
      if (state.kind !== 'available') return fail('conflict', 'No update was found yet.', 'Check for updates first.');
      void fetchUpdate(state.update);
      return ok({});
    },
    install: async () => {
      if (state.kind !== 'ready') return fail('conflict', 'No update is ready.', 'Download it first.');
      try {
        await (await open()).prepare();
      } catch (thrown) {
        const { message, nextStep } = describeUpdateFailure(toError(thrown));
        return fail('conflict', message, nextStep);
      }
      wantsRestart = true;
      quit();
      return ok({});
    },
    installBeforeExit: async () => {
      if (state.kind !== 'ready' || !(wantsRestart || memory.installsOnQuit())) return;
      try {
        const opened = await open();
        await opened.prepare();
        memory.setInstalling(state.update.version);
        await opened.install({ restarts: wantsRestart });
        onFailure('The update was not installed.', new Error('The installer did not start'));
      } catch (error) {
        onFailure('The update was not installed.', toError(error));
      }
      if (wantsRestart) relaunch();
    },
  };
}

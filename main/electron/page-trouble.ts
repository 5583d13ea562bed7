import type { RenderProcessGoneDetails } from 'electron';
import type { Frame, MainWindow } from './main-window.ts';

type PageTroubleDeps = Readonly<{
  ask: MainWindow['ask'];
  log: (level: 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>) => void;
  now: () => number;
}>;

const mostReloads = 3;
const withinMs = 60_000;
/** Chromium's code for a load that another one has taken the place of. */
const abortedLoad = -3;

const reasons: Readonly<Record<RenderProcessGoneDetails['reason'], string>> = {
  'clean-exit': 'it ended',
  'abnormal-exit': 'it ended with an error',
  killed: 'it was ended from outside',
  crashed: 'it crashed',
  oom: 'it ran out of memory',
  'launch-failed': 'it could not be started',
  'integrity-failure': 'a file that it needs was changed',
  'memory-eviction': 'the system took its memory',
};

const untouched = 'Only the window is concerned: what is sent and read goes on.';

/** Keeps the window's page alive: loads it again after a crash, and asks when that does not help or when it hangs. */
export function watchPage(frame: Frame, { ask, log, now }: PageTroubleDeps): void {
  const page = frame.webContents;
  let crashes: number[] = [];
  let isAsking = false;
  let hanging: AbortController | null = null;

  async function offerReload(message: string, cause: string): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const { response } = await ask({
      type: 'error',
      message,
      detail: `${cause} ${untouched} If it does not help to load it again, quit Heads Up and start it again; the log says more.`,
      buttons: ['Load it again', 'Close the window'],
      defaultId: 0,
      cancelId: 1,
    });
    isAsking = false;
    crashes = [];
    // Heads Up may have ended while the question stood.
    if (frame.isDestroyed()) return;
    if (response === 0) page.reload();
    else frame.destroy();
  }

  page.on('render-process-gone', (_event, { reason, exitCode }) => {
    hanging?.abort();
    if (reason === 'clean-exit') return;
    log('error', "The window's page ended unexpectedly.", { reason, exitCode });
    crashes = [...crashes.filter((at) => at > now() - withinMs), now()];
    if (crashes.length <= mostReloads) page.reload();
    else {
      void offerReload(
        'The window cannot be kept open',
        `Its page ended ${crashes.length} times within a minute; last time ${reasons[reason]} (code ${exitCode}).`,
      );
    }
  });

  page.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (!isMainFrame || code === abortedLoad) return;
    log('error', "The window's page could not be loaded.", { code, description, url });
    void offerReload('The window could not be loaded', `The cause is ${description} (code ${code}).`);
  });

  frame.on('unresponsive', () => {
    log('warn', "The window's page does not respond.", {});
    void offerToEnd();
  });
  frame.on('responsive', () => hanging?.abort());

  async function offerToEnd(): Promise<void> {
    if (hanging !== null) return;
    hanging = new AbortController();
    const { response } = await ask({
      type: 'warning',
      message: 'The window does not respond',
      detail: `${untouched} It may come back by itself. When it is loaded again, what was typed and not saved is lost.`,
      buttons: ['Wait', 'Load it again'],
      defaultId: 0,
      cancelId: 0,
      signal: hanging.signal,
    });
    hanging = null;
    // Its end is noticed above, which loads it again.
    if (response === 1 && !frame.isDestroyed()) page.forcefullyCrashRenderer();
  }
}

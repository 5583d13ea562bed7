import type { App } from 'electron';
import type { EngineKeeper } from './engine-keeper.ts';
import { parseFlags } from './flags.ts';
import type { MainWindow } from './main-window.ts';
import type { Quit } from './quit.ts';

type SystemDeps = Readonly<{
  app: Pick<App, 'on'>;
  process: Pick<NodeJS.Process, 'on'>;
  window: Pick<MainWindow, 'show'>;
  engine: Pick<EngineKeeper, 'startAgain'>;
  quit: Quit;
}>;

/** What the operating system, a terminal and a second start ask of the running app. */
export function watchSystem({ app, process, window, engine, quit }: SystemDeps): void {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { isHidden, isPractice } = parseFlags(data);
    // What is said of an engine that is down: start Heads Up again.
    engine.startAgain();
    // Opening the practice shop puts the merchant's own to rest, so it takes more than a flag to a shop at work.
    if (!isHidden) window.show(isPractice ? '/settings' : undefined);
  });
  app.on('activate', () => window.show());
  // Without a listener Electron quits when the last window goes.
  app.on('window-all-closed', () => undefined);
  // Every time, not once: Ctrl+C may reach us twice, from the terminal and from npm, and the second must not kill.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit.atOnce);
}

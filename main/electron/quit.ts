import type { App, MessageBoxOptions } from 'electron';
import type { MainWindow } from './main-window.ts';

type QuitDeps = Readonly<{
  app: Pick<App, 'on' | 'quit'>;
  /** Whether quitting stops texts from being sent. */
  isSending: () => Promise<boolean>;
  ask: MainWindow['ask'];
  /** Takes everything off the screen and ends the engine, which finishes what is under way. */
  stop: () => Promise<void>;
  /** Nothing runs any more: the moment for an installer. Resolves when the app is to end. */
  beforeEnd: () => Promise<void>;
}>;

export type Quit = Readonly<{
  /** Without a question: the person has answered it, or was asked something else. */
  now: () => void;
  /** The computer shuts down, or a signal came: no question, and nothing that takes longer than it must. */
  atOnce: () => void;
}>;

const question: MessageBoxOptions = {
  type: 'question',
  message: 'Quit Heads Up? No texts go out then',
  detail:
    'Until you start it again, nothing is handed to Postscript and no reply is read, so a SKIP waits. ' +
    'The next start catches up. What is too late by then is not sent, and is listed as missed.',
  buttons: ['Quit', 'Cancel'],
  defaultId: 0,
  cancelId: 1,
};

/** Every way out of the app: asks where texts would stop, ends the engine cleanly, and only then lets Electron end. */
export function createQuit({ app, isSending, ask, stop, beforeEnd }: QuitDeps): Quit {
  let phase: 'running' | 'asking' | 'stopping' | 'stopped' = 'running';

  async function end(isAtOnce: boolean): Promise<void> {
    if (phase === 'stopping' || phase === 'stopped') return;
    phase = 'stopping';
    await stop();
    phase = 'stopped';
    if (!isAtOnce) await beforeEnd();
    app.quit();
  }

  async function askFirst(): Promise<void> {
    if (phase !== 'running') return;
    phase = 'asking';
    const isAgreed = !(await isSending()) || (await ask(question)).response === 0;
    // A signal may have come while the question stood.
    if (phase !== 'asking') return;
    phase = 'running';
    if (isAgreed) await end(false);
  }

  app.on('before-quit', (event) => {
    if (phase === 'stopped') return;
    event.preventDefault();
    void askFirst();
  });

  return { now: () => void end(false), atOnce: () => void end(true) };
}

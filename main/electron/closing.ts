import type { closeChoices } from '../../shared/ipc/computer-contract.ts';
import type { MainWindow } from './main-window.ts';

export type CloseChoice = (typeof closeChoices)[number];

type ClosingDeps = Readonly<{
  platform: NodeJS.Platform;
  choice: Readonly<{ get: () => CloseChoice; set: (choice: CloseChoice) => void }>;
  isSending: () => Promise<boolean>;
  ask: MainWindow['ask'];
  hide: () => void;
  quit: () => void;
}>;

/** What closing the window does: it goes away and Heads Up runs on, or it all ends. Asks until it is told to remember. */
export function createClosing({ platform, choice, isSending, ask, hide, quit }: ClosingDeps): () => void {
  let isAsking = false;

  async function askWhat(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const work = (await isSending())
      ? 'Without its window texts go out and replies are read as before. ' +
        'If you quit, nothing is handed to Postscript and no reply is read until you start it again.'
      : 'Without its window it goes on reading subscriptions and replies. If you quit, that stops until you start it again.';
    const { response, checkboxChecked } = await ask({
      type: 'question',
      message: 'Keep Heads Up running without its window?',
      detail: `${work} Its icon in the tray brings the window back, and so does starting Heads Up again.`,
      buttons: ['Keep running', 'Quit', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
      checkboxLabel: 'Do not ask again (Settings, This computer, changes it)',
    });
    isAsking = false;
    const chosen = (['keep_running', 'quit'] as const)[response];
    if (chosen === undefined) return;
    if (checkboxChecked) choice.set(chosen);
    act(chosen);
  }

  function act(chosen: Exclude<CloseChoice, 'ask'>): void {
    if (chosen === 'quit') quit();
    else hide();
  }

  return () => {
    // There an app runs on without its window, and nobody expects a question.
    const chosen = platform === 'darwin' ? 'keep_running' : choice.get();
    if (chosen === 'ask') void askWhat();
    else act(chosen);
  };
}

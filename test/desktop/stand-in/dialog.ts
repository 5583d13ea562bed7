import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import { provide } from './refuse-missing.ts';

/** A dialog that was shown, with what the person chose; an error box is only read. */
export type ShownDialog = Readonly<{
  kind: 'message' | 'error' | 'open' | 'save';
  message: string;
  detail: string;
  buttons: readonly string[];
  /** False when the test had no answer ready, and the dialog was cancelled. */
  wasExpected: boolean;
  chosen: string | null;
}>;

export type DialogAnswer = Readonly<{ button: string; checkboxChecked?: boolean }>;

export const dialogs: ShownDialog[] = [];
const answers: DialogAnswer[] = [];

/** For the next dialog that asks something. */
export function answerNextDialog(answer: DialogAnswer): void {
  answers.push(answer);
}

function ask(options: MessageBoxOptions): MessageBoxReturnValue {
  const { message, detail = '', buttons = ['OK'], cancelId = 0, checkboxChecked: isChecked = false } = options;
  const answer = answers.shift();
  const response = answer === undefined ? cancelId : buttons.indexOf(answer.button);
  if (response < 0) throw new Error(`No button "${answer?.button}" among ${JSON.stringify(buttons)} of "${message}"`);
  const chosen = buttons[response] ?? null;
  dialogs.push({ kind: 'message', message, detail, buttons, wasExpected: answer !== undefined, chosen });
  return { response, checkboxChecked: answer?.checkboxChecked ?? isChecked };
}

/** With the window first, or without one. */
type Args = readonly [options: MessageBoxOptions] | readonly [window: object, options: MessageBoxOptions];

const optionsOf = (args: Args): MessageBoxOptions => (args.length === 2 ? args[1] : args[0]);

function cancel(kind: 'open' | 'save'): void {
  dialogs.push({ kind, message: '', detail: '', buttons: [], wasExpected: false, chosen: null });
}

export const dialog = provide('dialog', {
  showMessageBox: (...args: Args) => Promise.resolve(ask(optionsOf(args))),
  showMessageBoxSync: (...args: Args) => ask(optionsOf(args)).response,
  showErrorBox: (message: string, detail: string) => {
    dialogs.push({ kind: 'error', message, detail, buttons: [], wasExpected: false, chosen: null });
  },
  showOpenDialog: () => {
    cancel('open');
    return Promise.resolve({ canceled: true, filePaths: [] });
  },
  showSaveDialog: () => {
    cancel('save');
    return Promise.resolve({ canceled: true, filePath: '' });
  },
});

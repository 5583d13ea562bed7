import { EventEmitter } from 'node:events';
import type { Frame, MainWindow } from '../../../main/electron/main-window.ts';
import type { Area } from '../../../main/electron/window-place.ts';

// Electron's own types, by way of what is tested: a test does not import electron.
export type Question = Parameters<MainWindow['ask']>[0];

/** A window without a runtime: does what Electron's does, as far as it is used, and remembers what was asked of it. */
export function createFakeFrame(bounds: Area) {
  const frame = new EventEmitter();
  const page = new EventEmitter();
  const did: string[] = [];
  const state = {
    bounds,
    isVisible: false,
    isFocused: false,
    isMinimized: false,
    isMaximized: false,
    isFullScreen: false,
  };
  const loaded: string[] = [];
  const contents = Object.assign(page, {
    loadURL: (url: string) => {
      loaded.push(url);
      return Promise.resolve();
    },
    reload: () => void did.push('reload'),
    getURL: () => loaded.at(-1) ?? '',
    send: (event: string) => void did.push(`send ${event}`),
    forcefullyCrashRenderer: () => void did.push('crash'),
  });
  Object.assign(frame, {
    webContents: contents,
    show: () => {
      state.isVisible = true;
      did.push('show');
    },
    hide: () => {
      state.isVisible = false;
      state.isFocused = false;
      did.push('hide');
    },
    focus: () => {
      state.isFocused = true;
    },
    restore: () => {
      state.isMinimized = false;
      did.push('restore');
    },
    maximize: () => {
      state.isMaximized = true;
    },
    isDestroyed: () => did.includes('destroy'),
    destroy: () => {
      if (did.includes('destroy')) throw new Error('Object has been destroyed');
      did.push('destroy');
      frame.emit('closed');
    },
    setFullScreen: (isOn: boolean) => {
      state.isFullScreen = isOn;
    },
    setBounds: (next: Area) => {
      state.bounds = next;
      did.push('move');
    },
    isVisible: () => state.isVisible,
    isFocused: () => state.isFocused,
    isMinimized: () => state.isMinimized,
    isMaximized: () => state.isMaximized,
    isFullScreen: () => state.isFullScreen,
    getNormalBounds: () => state.bounds,
  });
  return {
    // An EventEmitter has Electron's overloads without their names.
    frame: frame as unknown as Frame,
    state,
    did,
    loaded,
    emit: (event: string, ...rest: unknown[]) => frame.emit(event, ...rest),
    emitFromPage: (event: string, ...rest: unknown[]) => page.emit(event, {}, ...rest),
    /** A person presses the button that closes the window; true when it was kept from going. */
    pressClose: (): boolean => {
      let isPrevented = false;
      frame.emit('close', { preventDefault: () => (isPrevented = true) });
      return isPrevented;
    },
  };
}

/** A person who answers questions, one by one, with the words on a button. */
export function createFakePerson() {
  const questions: Question[] = [];
  const answers: { button: string; isTicked?: boolean }[] = [];
  const waiting: (() => void)[] = [];
  return {
    questions,
    ask: async (question: Question) => {
      questions.push(question);
      if (answers.length === 0) await new Promise<void>((resolve) => void waiting.push(resolve));
      const { button, isTicked = false } = answers.shift() ?? { button: 'nothing' };
      const response = question.buttons?.indexOf(button) ?? -1;
      if (response === -1) throw new Error(`There is no button "${button}"`);
      return { response, checkboxChecked: isTicked };
    },
    answer: (button: string, isTicked = false): void => {
      answers.push({ button, isTicked });
      waiting.shift()?.();
    },
  };
}

/** Lets what waits for promises go on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

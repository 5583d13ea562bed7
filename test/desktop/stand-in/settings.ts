/** What the test says about the computer that the app runs on. Reaches the app's process as one variable. */
export type StandInSettings = Readonly<{
  /** Where a Chromium listens for its DevTools protocol. */
  browser: string;
  /** The profile in it that is this app's. */
  browserContextId: string;
  /** Stands for the user's keyring; its key is the only thing in it. */
  keyringFolder: string;
  keyring: Keyring;
  isPackaged: boolean;
  /** Where a packaged app finds what lies beside it. */
  resourcesPath: string;
}>;

/** `locked` is there but does not open; `none` is what Electron calls basic_text. */
export type Keyring = 'open' | 'locked' | 'none';

export const settingsVariable = 'HEADS_UP_STAND_IN';

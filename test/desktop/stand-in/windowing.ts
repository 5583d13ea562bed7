import { EventEmitter } from 'node:events';
import type { StandInBrowserWindow } from './browser-window.ts';
import type { StandInWebContents } from './web-contents.ts';

type Events = {
  'contents-created': [contents: StandInWebContents];
  'contents-crashed': [contents: StandInWebContents, details: Readonly<{ reason: string; exitCode: number }>];
  'window-created': [window: StandInBrowserWindow];
  'window-focused': [window: StandInBrowserWindow];
  /** A window stays, because somebody who heard its 'close' wants it so. */
  'close-prevented': [];
  'all-closed': [];
};

/** What windows and pages tell the app, which knows them. */
export const windowing = new EventEmitter<Events>();

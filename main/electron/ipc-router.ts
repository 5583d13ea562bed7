import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { channels } from '../../shared/ipc/channels.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Router } from '../contract-router.ts';
import { isAppUrl } from './app-origin.ts';
import { isTooLarge } from './message-size.ts';

type IpcDeps = Readonly<{ ipcMain: Pick<IpcMain, 'handle'>; route: Router }>;

/** Carries the window's calls to the router; a frame that is not our page is told nothing. */
export function registerIpc({ ipcMain, route }: IpcDeps): void {
  for (const channel of channels) {
    ipcMain.handle(channel, async (event, input: unknown): Promise<Result<unknown>> => {
      if (!isOwnPage(event)) return fail('invalid_input', 'Not from the console.');
      if (isTooLarge(input)) return fail('invalid_input', 'That is too much for one call.');
      return route(channel, input);
    });
  }
}

/** The top frame of a window that shows our page; a frame inside it, were there ever one, is somebody else's. */
function isOwnPage({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isAppUrl(senderFrame.url);
}

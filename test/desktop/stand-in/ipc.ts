import type { IpcMain } from 'electron';
import { decodeClone, encodeClone } from './clone-codec.ts';
import type { FromPreload, ToPreload } from './preload-script.ts';
import { emitterNamed } from './refuse-missing.ts';

/** What crossed between a window and main. An answer is missing while the handler has not given one. */
export type Carried =
  | { kind: 'invoke'; channel: string; args: readonly unknown[]; answer?: unknown; error?: string }
  | { kind: 'send' | 'message'; channel: string; args: readonly unknown[] };

type Invoke = Parameters<IpcMain['handle']>[1];
type InvokeEvent = Parameters<Invoke>[0];

class StandInIpcMain
  extends emitterNamed('ipcMain')
  implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>
{
  readonly handlers = new Map<string, Invoke>();

  handle(channel: string, handler: Invoke): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Invoke): void {
    this.handle(channel, (event, ...args: unknown[]): unknown => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}

export const ipcMain = new StandInIpcMain();

/** Everything since the start, oldest first. */
export const traffic: Carried[] = [];

/** A copy as it crosses a process, in text; what cannot cross is refused in Electron's words. */
export function toCloneText(value: unknown): string {
  try {
    return encodeClone(structuredClone(value));
  } catch {
    throw new Error('An object could not be cloned.');
  }
}

/** Hands what a preload said to main's handlers, and their answer back. */
export function hearPreload(said: FromPreload, event: InvokeEvent, tell: (message: ToPreload) => void): void {
  if (said.kind === 'preload-error') return;
  const args = decodeClone(said.args) as unknown[];
  if (said.kind === 'send') {
    traffic.push({ kind: 'send', channel: said.channel, args });
    ipcMain.emit(said.channel, event, ...args);
    return;
  }
  const carried: Carried & { kind: 'invoke' } = { kind: 'invoke', channel: said.channel, args };
  traffic.push(carried);
  void invoke(said.channel, event, args).then(
    (value) => {
      carried.answer = decodeClone(value);
      tell({ kind: 'reply', id: said.id, isOk: true, value });
    },
    (error: unknown) => {
      console.error(`Error occurred in handler for '${said.channel}':`, error);
      carried.error = `Error invoking remote method '${said.channel}': ${String(error)}`;
      tell({ kind: 'reply', id: said.id, isOk: false, value: carried.error });
    },
  );
}

async function invoke(channel: string, event: InvokeEvent, args: readonly unknown[]): Promise<string> {
  const handler = ipcMain.handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return toCloneText(await handler(event, ...args));
}

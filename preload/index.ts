import { contextBridge, ipcRenderer } from 'electron';
import { appEvents, channels, type AppEvent, type Channel } from '../shared/ipc/channels.ts';

const knownChannels: ReadonlySet<string> = new Set(channels);
const knownEvents: ReadonlySet<string> = new Set(appEvents);

contextBridge.exposeInMainWorld('bridge', {
  invoke(channel: Channel, input: unknown): Promise<unknown> {
    if (!knownChannels.has(channel)) throw new Error(`Unknown channel: ${channel}`);
    return ipcRenderer.invoke(channel, input);
  },
  /** Returns the function that unsubscribes; the Electron event object never reaches the page. */
  on(event: AppEvent, listener: () => void): () => void {
    if (!knownEvents.has(event)) throw new Error(`Unknown event: ${event}`);
    const forward = (): void => listener();
    ipcRenderer.on(event, forward);
    return () => void ipcRenderer.removeListener(event, forward);
  },
});

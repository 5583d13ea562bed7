import { BrowserWindow } from 'electron';
import { appUrl } from './app-origin.ts';
import { createWebPreferences } from './web-preferences.ts';

/** The one window: our page in a sandbox. What it may do is guarded for every page of the app (web-guards.ts). */
export async function openWindow(preloadPath: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'Heads Up',
    width: 1280,
    height: 840,
    minWidth: 720,
    minHeight: 520,
    show: false,
    webPreferences: createWebPreferences(preloadPath),
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(appUrl);
  return window;
}

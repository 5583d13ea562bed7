import { BrowserWindow, type Session, type WebContents } from 'electron';
import { appUrl, isAppUrl } from './app-origin.ts';

/** The one window: our page in a sandbox, and no way to anywhere else. */
export async function openWindow(preloadPath: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'Heads Up',
    width: 1280,
    height: 840,
    minWidth: 720,
    minHeight: 520,
    show: false,
    webPreferences: { preload: preloadPath, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  keepInside(window.webContents);
  refusePermissions(window.webContents.session);
  window.once('ready-to-show', () => window.show());
  await window.loadURL(appUrl);
  return window;
}

function keepInside(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The console asks for nothing but to put copy on the clipboard. */
function refusePermissions(session: Session): void {
  const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
}

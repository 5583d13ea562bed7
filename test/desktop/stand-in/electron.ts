// The module that `electron` resolves to. What is missing here is missing by name: the import says so.
import { app } from './app.ts';
import { createProtocol } from './protocol.ts';

export { app };
export { StandInBrowserWindow as BrowserWindow } from './browser-window.ts';
export { autoUpdater, nativeTheme, net, powerMonitor, shell } from './desktop-services.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc.ts';
export { StandInMenu as Menu, StandInMenuItem as MenuItem } from './menu.ts';
export { nativeImage } from './native-image.ts';
export { StandInNotification as Notification } from './notification.ts';
export { safeStorage } from './safe-storage.ts';
export { screen } from './screen.ts';
export { session } from './session.ts';
export { StandInTray as Tray } from './tray.ts';
export const protocol = createProtocol(() => app.isReady());

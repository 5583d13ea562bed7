// npm run dev loads this into the desktop app, before the app itself: its windows reload when the named file is written.
const { watchFile } = require('node:fs');
const { BrowserWindow } = require('electron');

watchFile(process.env['HEADS_UP_RELOAD_FILE'] ?? '', { interval: 200 }, () => {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.reloadIgnoringCache();
});

import type { MenuItemConstructorOptions } from 'electron';

type MenuDeps = Readonly<{
  platform: NodeJS.Platform;
  isPackaged: boolean;
  /** Opens the window at a screen. */
  goTo: (route: string) => void;
  openLogFolder: () => void;
}>;

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The application's menu. Without it neither copy and paste on macOS nor the keys for closing and quitting would work. */
export function describeMenu({ platform, isPackaged, goTo, openLogFolder }: MenuDeps): MenuItemConstructorOptions[] {
  const about: MenuItemConstructorOptions = { role: 'about', label: 'About Heads Up' };
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    click: () => goTo('/settings'),
  };
  const quit: MenuItemConstructorOptions = {
    role: 'quit',
    label: 'Quit Heads Up',
    accelerator: 'CommandOrControl+Q',
  };
  const isMac = platform === 'darwin';
  const first: MenuItemConstructorOptions = isMac
    ? {
        label: 'Heads Up',
        submenu: [
          about,
          separator,
          settings,
          separator,
          { role: 'services' },
          separator,
          { role: 'hide', label: 'Hide Heads Up' },
          { role: 'hideOthers' },
          { role: 'unhide' },
          separator,
          quit,
        ],
      }
    : { label: '&File', submenu: [settings, separator, { role: 'close', label: 'Close the window' }, quit] };
  const guide: MenuItemConstructorOptions = { label: 'Guide', click: () => goTo('/guide') };
  const logFolder: MenuItemConstructorOptions = { label: 'Open the log folder', click: openLogFolder };
  return [
    first,
    // Cmd+W.
    ...(isMac ? [{ role: 'fileMenu' } as const] : []),
    {
      label: isMac ? 'Edit' : '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: isMac ? 'View' : '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...forDevelopment(isPackaged),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      label: isMac ? 'Help' : '&Help',
      submenu: isMac ? [guide, logFolder] : [guide, logFolder, separator, about],
    },
  ];
}

/** A merchant's app must not be reloaded or opened up by a wrong key. */
function forDevelopment(isPackaged: boolean): MenuItemConstructorOptions[] {
  return isPackaged ? [] : [separator, { role: 'reload' }, { role: 'toggleDevTools' }];
}

import { join } from 'node:path';
import { Menu, Tray } from 'electron';
import { toIconName, type TrayAction, type TrayView } from './tray-menu.ts';

type TrayDeps = Readonly<{
  platform: NodeJS.Platform;
  iconsFolder: string;
  act: (action: TrayAction) => void;
}>;

/** The icon in the system's tray, there from the first view on. It lives as long as the function that is returned. */
export function createTray({ platform, iconsFolder, act }: TrayDeps): (view: TrayView) => void {
  let tray: Tray | null = null;
  let shown = '';

  const open = (icon: string): Tray => {
    const opened = new Tray(icon);
    // On macOS a click opens the menu, and Linux leaves it to the desktop.
    if (platform === 'win32') opened.on('click', () => act({ kind: 'open' }));
    return opened;
  };

  return (view) => {
    // A menu that is replaced while it is open closes under the hand.
    const wanted = JSON.stringify(view);
    if (wanted === shown) return;
    shown = wanted;
    const icon = join(iconsFolder, toIconName(view.icon, platform));
    tray ??= open(icon);
    tray.setImage(icon);
    tray.setToolTip(view.tooltip);
    tray.setContextMenu(
      Menu.buildFromTemplate(
        view.entries.map((entry) => {
          if (entry === 'separator') return { type: 'separator' };
          const { label, action } = entry;
          return action === null ? { label, enabled: false } : { label, click: () => act(action) };
        }),
      ),
    );
  };
}

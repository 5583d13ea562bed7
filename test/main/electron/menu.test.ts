import { describe, expect, it } from 'vitest';
import { describeMenu } from '../../../main/electron/menu.ts';

type Item = ReturnType<typeof describeMenu>[number];

function setUp(platform: NodeJS.Platform, isPackaged = true) {
  const did: string[] = [];
  const menu = describeMenu({
    platform,
    isPackaged,
    goTo: (route) => void did.push(route),
    openLogFolder: () => void did.push('log folder'),
  });
  const items = menu.flatMap((item): Item[] => [item, ...(Array.isArray(item.submenu) ? item.submenu : [])]);
  return { did, menu, items, roles: items.flatMap(({ role }) => (role === undefined ? [] : [role])) };
}

describe('the menu of the app', () => {
  it('has what macOS expects of an app, copy and paste and the window among it', () => {
    const { menu, roles } = setUp('darwin');
    expect(menu[0]?.label).toBe('Heads Up');
    expect(roles).toEqual(
      expect.arrayContaining(['about', 'services', 'hide', 'quit', 'fileMenu', 'copy', 'paste', 'windowMenu', 'help']),
    );
  });

  it.each(['win32', 'linux'] as const)('is lean on %s', (platform) => {
    const { menu } = setUp(platform);
    expect(menu.map(({ label }) => label)).toEqual(['&File', '&Edit', '&View', '&Help']);
  });

  it('opens the guide, the settings and the folder of the log', () => {
    const { items, did } = setUp('linux');
    for (const label of ['Guide', 'Settings…', 'Open the log folder']) {
      // Electron hands over the item and the window, which are not looked at.
      const click = items.find((item) => item.label === label)?.click as (() => void) | undefined;
      click?.();
    }
    expect(did).toEqual(['/guide', '/settings', 'log folder']);
  });

  it('reloads nothing and opens no tools in an installed app', () => {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      expect(setUp(platform).roles).not.toEqual(expect.arrayContaining(['reload']));
      expect(setUp(platform).roles.join()).not.toMatch(/reload|DevTools|viewMenu/i);
      expect(setUp(platform, false).roles).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
    }
  });
});

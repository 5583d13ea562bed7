import type { MenuItemConstructorOptions } from 'electron';
import { app } from './app.ts';
import { StandInBrowserWindow } from './browser-window.ts';
import { emitterNamed } from './refuse-missing.ts';

/** A menu item as a person sees it. */
export type ShownItem = Readonly<{
  label: string;
  type: string;
  isEnabled: boolean;
  isChecked: boolean;
  submenu: readonly ShownItem[];
}>;

type Role = NonNullable<MenuItemConstructorOptions['role']>;

/** What the system itself does for an item that has only a role. */
const roles: Partial<Record<Role, () => void>> = {
  quit: () => app.quit(),
  close: () => StandInBrowserWindow.getFocusedWindow()?.close(),
  hide: () => StandInBrowserWindow.getFocusedWindow()?.hide(),
  minimize: () => StandInBrowserWindow.getFocusedWindow()?.minimize(),
  reload: () => StandInBrowserWindow.getFocusedWindow()?.reload(),
};

export class StandInMenuItem extends emitterNamed('MenuItem') {
  readonly id: string;
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
  readonly role: Role | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: StandInMenu | undefined;
  label: string;
  sublabel: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  private readonly onClick: MenuItemConstructorOptions['click'];

  constructor(options: MenuItemConstructorOptions) {
    super();
    const { submenu, type = submenu === undefined ? 'normal' : 'submenu' } = options;
    this.id = options.id ?? '';
    this.type = type;
    this.role = options.role;
    this.accelerator = options.accelerator;
    this.label = options.label ?? options.role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.onClick = options.click;
    this.submenu = Array.isArray(submenu) ? StandInMenu.buildFromTemplate(submenu) : undefined;
  }

  /** As a person does; Electron changes the mark before the app hears of it. */
  choose(): void {
    if (!this.enabled || !this.visible)
      throw new Error(`Nobody can choose "${this.label}": it is not enabled or shown`);
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') this.checked = true;
    const click = this.onClick as ((item: unknown, window: unknown, event: unknown) => void) | undefined;
    const byRole = this.role === undefined ? undefined : roles[this.role];
    if (click === undefined && byRole === undefined) throw new Error(`The stand-in does nothing for "${this.label}"`);
    if (click === undefined) byRole?.();
    else click(this, StandInBrowserWindow.getFocusedWindow() ?? undefined, {});
  }
}

let applicationMenu: StandInMenu | null = null;

export class StandInMenu extends emitterNamed('Menu') {
  readonly items: StandInMenuItem[] = [];

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | StandInMenuItem)[]): StandInMenu {
    const menu = new StandInMenu();
    for (const each of template) menu.append(each instanceof StandInMenuItem ? each : new StandInMenuItem(each));
    return menu;
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): StandInMenu | null {
    return applicationMenu;
  }

  append(item: StandInMenuItem): void {
    this.items.push(item);
  }

  getMenuItemById(id: string): StandInMenuItem | null {
    const all = this.items.flatMap((item) => [item, item.submenu?.getMenuItemById(id) ?? null]);
    return all.find((item) => item?.id === id) ?? null;
  }

  popup(): void {
    // Headless: the test chooses an item without a pointer.
  }

  closePopup(): void {
    // As above.
  }
}

export function showItems(menu: StandInMenu | null): ShownItem[] {
  return (menu?.items ?? [])
    .filter(({ visible }) => visible)
    .map(({ label, type, enabled, checked, submenu }) => ({
      label,
      type,
      isEnabled: enabled,
      isChecked: checked,
      submenu: showItems(submenu ?? null),
    }));
}

/** Walks the labels down to an item and chooses it. */
export function chooseItem(menu: StandInMenu | null, path: readonly string[]): void {
  const [label = '', ...rest] = path;
  const item = menu?.items.find((each) => each.visible && each.label === label);
  if (item === undefined) {
    throw new Error(`No menu item "${label}" among ${JSON.stringify(menu?.items.map((each) => each.label) ?? [])}`);
  }
  if (rest.length === 0) item.choose();
  else chooseItem(item.submenu ?? null, rest);
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../main/db/open-database.ts';
import { saveSettings } from '../../main/db/shop.ts';
import type { WriteDb } from '../../main/db/types.ts';
import { findFolders } from '../../main/folders.ts';
import { createPlatformPages, type PlatformPages } from './platform-pages.ts';
import { fillDeliveries } from './fill-deliveries.ts';
import { walkShop, type Stretch } from './walk.ts';

const seed = 1;
const hourMs = 3_600_000;

export type LargeShop = Readonly<{
  pages: PlatformPages;
  /** The folder that the console's own folders lie in, for a host that is started on this shop. */
  home: string;
  path: string;
  /**
   * Its first sync and what it took; the first one to ask has it made, with `between` called as `walkShop` says.
   */
  sync: (between?: Parameters<typeof walkShop>[3]) => Promise<readonly Stretch[]>;
  /** The same with as many deliveries. */
  fill: () => Promise<void>;
  /** A connection of its own, as the product opens it; whoever opens it closes it. */
  open: () => WriteDb;
  /** Another file of the same shop before its first sync. */
  openEmpty: (path: string) => WriteDb;
}>;

export function createLargeShop(subscriptions: number, folder: string, say: (line: string) => void): LargeShop {
  const pages = createPlatformPages(subscriptions, seed, Math.floor(Date.now() / hourMs) * hourMs);
  const home = join(folder, 'home');
  const { data } = findFolders(homeOf(home), 'linux');
  const path = join(data, 'heads-up.db');
  const open = (): WriteDb => openDatabase({ path });
  const openEmpty = (emptyPath: string): WriteDb => {
    const db = openDatabase({ path: emptyPath });
    saveSettings(db, {
      timeZone: pages.timeZone,
      sendingOn: true,
      accountPageLink: 'https://fern-and-fable.example/account',
    });
    return db;
  };
  let synced: Promise<readonly Stretch[]> | undefined;
  let filled: Promise<void> | undefined;

  async function makeSync(between: Parameters<typeof walkShop>[3]): Promise<readonly Stretch[]> {
    say(`first sync of ${subscriptions.toLocaleString('en')} subscriptions`);
    mkdirSync(data, { recursive: true });
    const db = openEmpty(path);
    const stretches = await walkShop(db, pages, true, between);
    db.close();
    return stretches;
  }

  return {
    pages,
    home,
    path,
    open,
    openEmpty,
    sync: (between) => (synced ??= makeSync(between)),
    fill: () =>
      (filled ??= (async () => {
        await (synced ??= makeSync(undefined));
        say(`${subscriptions.toLocaleString('en')} deliveries`);
        const db = open();
        fillDeliveries(db, pages);
        db.close();
      })()),
  };
}

/** What a host is told, so that it finds its folders there. */
export function homeOf(home: string): Readonly<Record<string, string>> {
  return { XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') };
}

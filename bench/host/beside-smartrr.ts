import { defaultPracticeOptions } from '../../main/practice/practice-shop.ts';
import { forkPracticeShop } from '../../main/practice/remote-practice-shop.ts';
import type { LargeShop } from '../shop/large-shop.ts';
import { openDrivenHost, type DrivenHost } from './drive-host.ts';

/** Customers that the host has not heard of: 25 pages, 13 seconds of syncing. */
const mostNew = 2000;

export type BesideSmartrr = Readonly<{ host: DrivenHost; token: string; close: () => Promise<void> }>;

/** The browser host on the large shop, and a simulated Smartrr in a process of its own that has something new for it. */
export async function openBesideSmartrr(
  shop: LargeShop,
  rows: number,
  environment: Readonly<Record<string, string>>,
): Promise<BesideSmartrr> {
  const practice = await forkPracticeShop(
    {
      ...defaultPracticeOptions,
      customers: Math.min(mostNew, Math.max(50, Math.round(rows / 100))),
      // Another shop than the large one: none of its ids are known.
      seed: 99,
      startAt: Date.now(),
      isLively: false,
    },
    new URL('../../main/practice/world-process.ts', import.meta.url),
  );
  const host = await openDrivenHost(shop.home, {
    ...environment,
    HEADS_UP_POSTSCRIPT_URL: practice.urls.postscript,
    HEADS_UP_SMARTRR_URL: practice.urls.smartrr,
  });
  return {
    host,
    token: practice.credentials.smartrrToken,
    close: async () => {
      await host.stop();
      await practice.close();
    },
  };
}

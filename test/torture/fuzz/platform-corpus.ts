import { z } from 'zod';
import { defaultPracticeOptions, startPracticeShop } from '../../../main/practice/practice-shop.ts';

const DAY_MS = 86_400_000;

export type JsonObject = Record<string, unknown>;

/** What the practice Smartrr answers when it is asked like the real one, for mutations to start from. */
export type PlatformCorpus = Readonly<{
  /** The instant at which it was taken, epoch ms UTC. */
  at: number;
  rows: readonly JsonObject[];
  bills: readonly JsonObject[];
  /** Logs by contract number. */
  events: ReadonlyMap<string, readonly unknown[]>;
  plans: unknown;
}>;

const objects = z.array(z.record(z.string(), z.unknown()));
const page = z.object({ data: objects });

/** A lively shop after three weeks: with skips, failed bills, paused and cancelled subscriptions. */
export async function takePlatformCorpus(customers: number): Promise<PlatformCorpus> {
  const shop = await startPracticeShop({ ...defaultPracticeOptions, customers });
  try {
    const at = defaultPracticeOptions.startAt + 21 * DAY_MS;
    await shop.control.advanceTo(at);
    const get = async (path: string): Promise<unknown> => {
      const headers = { 'x-smartrr-access-token': shop.credentials.smartrrToken };
      const answer = await fetch(`${shop.urls.smartrr}/vendor/${path}`, { headers });
      return answer.json();
    };
    const { data: rows } = page.parse(await get('purchase-state?pageSize=250'));
    const { data: bills } = page.parse(await get('bill?pageSize=250&orderBy[createdDate]=DESC'));
    const events = new Map<string, readonly unknown[]>();
    for (const { shopifyId } of rows) {
      const list = await get(`purchase-state/${String(shopifyId)}/events`);
      events.set(String(shopifyId), z.array(z.unknown()).parse(list));
    }
    return { at, rows, bills, events, plans: await get('selling-plan-group?cache=true') };
  } finally {
    await shop.close();
  }
}

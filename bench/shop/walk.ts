import { readPage } from '../../main/api/smartrr/read-page.ts';
import { readSubscription } from '../../main/api/smartrr/subscription-row.ts';
import type { Platform } from '../../main/core/platform-port.ts';
import { syncSubscriptions } from '../../main/core/sync-subscriptions.ts';
import type { WriteDb } from '../../main/db/types.ts';
import { createStore } from '../../main/engine/store.ts';
import type { PlatformSubscription } from '../../shared/domain/platform.ts';
import { pageSize, type PlatformPages } from './platform-pages.ts';

/** Pages that are walked at a stretch, between two looks at the other way. */
const blockPages = 50;

/** `cpuMs` of `ms` were spent on a processor, `parseMs` in reading the text of the answers. */
export type Stretch = Readonly<{ rows: number; ms: number; cpuMs: number; parseMs: number }>;

/**
 * The product's own walk over a shop's pages: parse, detection, one transaction per page. The time that the simulated
 * platform takes to write its answers is left out.
 *
 * @param between called before each block with its pages, and waited for; its time is not counted
 */
export async function walkShop(
  db: WriteDb,
  pages: PlatformPages,
  isFirstSync: boolean,
  between: (block: readonly string[]) => void | Promise<void> = () => undefined,
): Promise<readonly Stretch[]> {
  const store = createStore(db);
  const stretches: Stretch[] = [];
  let block: readonly string[] = [];
  let startedAt = 0;
  let cpu = process.threadCpuUsage();
  let parseMs = 0;
  const endStretch = (): void => {
    const rows = block.length * pageSize;
    if (rows > 0) {
      const { user, system } = process.threadCpuUsage(cpu);
      stretches.push({ rows, ms: performance.now() - startedAt, cpuMs: (user + system) / 1000, parseMs });
    }
    block = [];
    parseMs = 0;
  };
  const listSubscriptions: Platform['listSubscriptions'] = async ({ page }) => {
    const at = page % blockPages;
    if (at === 0) {
      endStretch();
      const count = Math.max(0, Math.min(blockPages, Math.ceil(pages.subscriptions / pageSize) - page));
      block = Array.from({ length: count }, (_, step) => pages.read(page + step));
      if (count > 0) await between(block);
      startedAt = performance.now();
      cpu = process.threadCpuUsage();
    }
    const parsedFrom = performance.now();
    const answer = readAnswer(JSON.parse(block[at] ?? '{"data":[]}'));
    parseMs += performance.now() - parsedFrom;
    return answer;
  };
  const report = await syncSubscriptions(
    {
      store,
      platform: onlyList(listSubscriptions),
      clock: { now: () => pages.startAt, sleep: () => Promise.resolve() },
      log: () => undefined,
      onRows: () => undefined,
    },
    { baselineAt: pages.startAt, isFirstSync },
    0,
    undefined,
  );
  if (report.error !== null || !report.isComplete || report.unreadable + report.deferred > 0)
    throw new Error(`Expected every row to be taken in: ${JSON.stringify(report)}`);
  endStretch();
  return stretches;
}

export function readAnswer(json: unknown) {
  return readPage({ status: 200, json, headers: new Headers() } as never, pageSize, 'subscription', readSubscription);
}

export function readRows(text: string): readonly PlatformSubscription[] {
  const answer = readAnswer(JSON.parse(text));
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value.rows;
}

/** A platform of which nothing but the list is asked: whoever asks for more has left the path that is measured. */
function onlyList(listSubscriptions: Platform['listSubscriptions']): Platform {
  return new Proxy({ listSubscriptions } as Platform, {
    get: (target, name) => {
      if (name !== 'listSubscriptions')
        throw new Error(`Expected nothing but the list to be asked for, not ${String(name)}`);
      return target.listSubscriptions;
    },
  });
}

import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '../../main/practice/random.ts';
import { startConsoleProcess } from '../../test/helpers/console-process.ts';
import { everyDelivery, type DeliveryFilter } from '../../shared/domain/delivery-filter.ts';
import { pageKeyHeader, pageKeyMark } from '../../shared/page-key.ts';
import { homeOf } from '../shop/large-shop.ts';

/** The console's calls, as its page makes them. */
export type Call = (channel: string, input: unknown) => Promise<unknown>;

export type DrivenHost = Readonly<{
  call: Call;
  /** Resident memory of the whole process, engine's thread included, MB; null where the system does not tell. */
  residentMb: () => number | null;
  stop: () => Promise<void>;
}>;

/** The built browser host on folders that hold a shop, signed in to. */
export async function openDrivenHost(home: string, environment: Readonly<Record<string, string>>): Promise<DrivenHost> {
  const host = await startConsoleProcess([], { ...environment, ...homeOf(home) }, home);
  const signIn = await fetch(host.link, { redirect: 'manual' });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const pageKey = (signIn.headers.get('location') ?? '').split(pageKeyMark)[1] ?? '';
  const { origin } = new URL(host.link);
  return {
    call: async (channel, input) => {
      const response = await fetch(`${origin}/api/call`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [pageKeyHeader]: pageKey, origin, cookie },
        body: JSON.stringify({ channel, input }),
      });
      const result: unknown = await response.json();
      if (typeof result !== 'object' || result === null || !('value' in result)) {
        throw new Error(`${channel}: ${JSON.stringify(result)}`);
      }
      return result.value;
    },
    residentMb: () => residentMb(host.child.pid ?? 0),
    stop: async () => void (await host.interrupt()),
  };
}

function residentMb(pid: number): number | null {
  if (process.platform === 'win32') return null;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1000;
}

const searches = ['0100', '212 555', 'dana', 'reyes', 'ada m', '2027-01-15', '81000', 'customer-77'];

/** A sync that brings new rows, the plan that follows it, searches, and that many pages of the log to its depth. */
export async function workThrough(
  call: Call,
  smartrrToken: string,
  pages: number,
): Promise<Readonly<{ customers: number }>> {
  const countCustomers = async (): Promise<number> =>
    ((await call('overview.get', {})) as { customers: number }).customers;
  const before = await countCustomers();
  await call('connections.saveSmartrrToken', { token: smartrrToken });
  const syncing = call('sync.run', {});
  for (const search of searches) {
    await call('customers.list', { text: search, cursor: null });
    await call('deliveries.list', { cursor: null, filter: { ...everyDelivery, search } });
  }
  const random = createRandom(1, 'pages');
  const states: readonly DeliveryFilter['state'][] = [null, 'accepted', 'suppressed', 'failed'];
  let cursor: unknown = null;
  let state: DeliveryFilter['state'] = null;
  for (let page = 0; page < pages; page += 1) {
    const answer = await call('deliveries.list', { cursor, filter: { ...everyDelivery, state } });
    cursor = typeof answer === 'object' && answer !== null && 'nextCursor' in answer ? answer.nextCursor : null;
    if (cursor !== null) continue;
    state = random.pick(states);
  }
  await syncing;
  for (let tries = 0; tries < 600; tries += 1) {
    const status = (await call('status.get', {})) as { sync: { isRunning: boolean } };
    if (!status.sync.isRunning) return { customers: (await countCustomers()) - before };
    await wait(500);
  }
  throw new Error('Expected the sync to end');
}

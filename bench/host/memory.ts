import { existsSync } from 'node:fs';
import { shown, under, type BenchOrder, type BenchReport, type BenchRow } from '../row.ts';
import { openBesideSmartrr } from './beside-smartrr.ts';
import { workThrough } from './drive-host.ts';

const pages = 2000;

async function measureMemory({ shop, rows }: BenchOrder): Promise<BenchReport> {
  if (!existsSync(new URL('../../dist/main/browser.js', import.meta.url)))
    return { measured: [], notes: [], skipped: 'there is no build (npm run build)' };
  await shop.fill();
  const { host, token, close } = await openBesideSmartrr(shop, rows, {});
  try {
    const fresh = host.residentMb();
    const { customers } = await workThrough(host.call, token, Math.min(pages, Math.ceil(rows / 10)));
    const worked = host.residentMb();
    if (fresh === null || worked === null)
      return { measured: [], notes: [], skipped: 'this system does not tell a process its memory by `ps`' };
    return {
      measured: [
        under(200, {
          name: 'resident, after a sync, a plan, searches and 2,000 pages of the log',
          figure: worked,
          unit: 'MB',
        }),
        shown({ name: 'the same, just started', figure: fresh, unit: 'MB' }),
      ],
      notes: [
        `The built browser host as it ships: one process with its HTTP server and the engine in its thread, on the shop's file. The sync took in ${customers.toLocaleString('en')} customers that were new, at Smartrr's two requests a second.`,
      ],
      skipped: null,
    };
  } finally {
    await close();
  }
}

export const memoryRow: BenchRow = { name: 'memory', title: 'Resident memory', run: measureMemory };

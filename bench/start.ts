import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { startEngine } from '../main/engine-client.ts';
import { newestPosition, toLogQuery } from '../main/db/delivery-pages.ts';
import { listDeliveryRows } from '../main/db/delivery-log.ts';
import { everyDelivery } from '../shared/domain/delivery-filter.ts';
import { shown, under, type BenchOrder, type BenchReport, type BenchRow } from './row.ts';
import { describeSpread, median } from './statistics.ts';

const starts = 9;
const workerUrl = new URL('../dist/main/engine-worker.js', import.meta.url);

async function measureStart({ shop }: BenchOrder): Promise<BenchReport> {
  if (!existsSync(workerUrl)) return { measured: [], notes: [], skipped: 'there is no build (npm run build)' };
  await shop.fill();
  const thread: number[] = [];
  const file: number[] = [];
  for (let count = 0; count < starts; count += 1) {
    thread.push(await startThread(dirname(shop.path)));
    const startedAt = performance.now();
    const db = shop.open();
    listDeliveryRows(
      db,
      toLogQuery(db, everyDelivery, { from: 0, until: Number.MAX_SAFE_INTEGER }, 'US'),
      newestPosition,
      50,
    );
    file.push(performance.now() - startedAt);
    db.close();
  }
  return {
    measured: [
      under(100, {
        name: 'from opening the file to the first page of the log, median',
        figure: median(file),
        unit: 'ms',
      }),
      shown({
        name: "from starting the engine's thread, its code loaded too, median",
        figure: median(thread),
        unit: 'ms',
      }),
    ],
    notes: [
      `Opening the file: ${describeSpread(file, 1)} ms. The thread as it ships, built, with nothing kept from the start before: ${describeSpread(thread, 1)} ms. By turns; the file is in the system's cache.`,
    ],
    skipped: null,
  };
}

/** The built engine in its thread, as a host starts it, up to its first answer. */
async function startThread(dataFolder: string): Promise<number> {
  const startedAt = performance.now();
  const engine = await startEngine({
    workerUrl,
    // Nothing listens there.
    start: {
      host: 'browser',
      version: '0.0.0-bench',
      dataFolder,
      startInPractice: false,
      remotes: { postscript: 'http://127.0.0.1:9', smartrr: 'http://127.0.0.1:9' },
    },
    vault: {
      read: () => Promise.resolve(null),
      write: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      describe: () => Promise.reject(new Error('Nobody asks')),
    },
    onEvent: () => undefined,
    onLog: () => undefined,
    onStopped: () => undefined,
  });
  const page = await engine.call('deliveries.list', { cursor: null, filter: everyDelivery });
  const ms = performance.now() - startedAt;
  await engine.stop();
  if (!page.ok) throw new Error(page.error.message);
  return ms;
}

export const startRow: BenchRow = {
  name: 'start',
  title: 'From opening to the first page of the log',
  run: measureStart,
};

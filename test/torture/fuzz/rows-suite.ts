import { heapInMegabytes } from './heap.ts';
import { takePlatformCorpus } from './platform-corpus.ts';
import { runEpoch, type MakePlatform } from './platform-rows.ts';
import { runCases, type Suite } from './suite.ts';

const ROUNDS = 30;
const CUSTOMERS = 100;
/** What the first cases load and build stays; from then on nothing may be held on to. */
const WARM = 3;
const MOST_GROWTH_MB = 20;

/** Mutated rows of the platform, from the client through detection into the database. */
export const rowsSuite: Suite = (order) => runRows(order);

/** With a reader of its own, for the control. */
export async function runRows(order: Parameters<Suite>[0], makePlatform?: MakePlatform): ReturnType<Suite> {
  const corpus = await takePlatformCorpus(CUSTOMERS);
  const sums = { refused: 0, deliveries: 0, failedSyncs: 0 };
  let warmMb: number | null = null;
  const { tried, findings } = await runCases('rows', order, async (number) => {
    const report = await runEpoch(corpus, order.seed, number, ROUNDS, makePlatform);
    sums.refused += report.refused;
    sums.deliveries += report.deliveries;
    sums.failedSyncs += report.failedSyncs;
    if (number === WARM) warmMb = heapInMegabytes();
    return { tried: report.rows, findings: report.findings };
  });
  const growth = warmMb === null ? 0 : Math.round((heapInMegabytes() - warmMb) * 10) / 10;
  const leak =
    growth <= MOST_GROWTH_MB ? [] : [{ what: `rows: the heap grew by ${growth} MB over ${tried} rows`, replay: null }];
  return {
    figures: [
      { name: 'platform rows read', value: tried },
      { name: 'of them refused and named', value: sums.refused },
      { name: 'syncs that failed with a sentence', value: sums.failedSyncs },
      { name: 'deliveries judged', value: sums.deliveries },
      { name: 'heap after the rows, against its start, MB', value: growth },
    ],
    findings: [...findings, ...leak],
  };
}

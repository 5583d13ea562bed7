// npm run bench:desktop: how long the main thread of the desktop app keeps a call waiting while a shop of 100,000 customers
// syncs. The built app runs on the stand-in for Electron, its window in a real Chromium, the simulated services in a
// process of their own. Exits 1 when the target is not reached, or when the meter does not see what was put there for it.
import './node-guard.mjs';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** @import { Page } from 'playwright-core' */
/** @import { Delays } from './event-loop-meter.mjs' */

const { defaultPracticeOptions } = await import('../main/practice/practice-shop.ts');
const { forkPracticeShop } = await import('../main/practice/remote-practice-shop.ts');
const { launchDesktop } = await import('../test/desktop/launch-desktop.ts');
const { openChromium } = await import('../test/desktop/open-chromium.ts');
const { findChromium } = await import('../test/helpers/find-chromium.ts');

const TARGET_MS = 20;
const CUSTOMERS = 100_000;
/** The most that the practice shop inside the app takes. */
const PRACTICE_CUSTOMERS = 5000;
const BLOCK_MS = 50;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
if (findChromium() === null || !existsSync(new URL('../dist/main/index.js', import.meta.url))) {
  console.error('Needs a Chromium (PATH, CHROMIUM_PATH) and a build (npm run build).');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'heads-up-bench-'));
const meterPath =
  process.platform === 'win32' ? String.raw`\\.\pipe\heads-up-meter-${process.pid}` : join(folder, 'meter');
const shop = await forkPracticeShop(
  { ...defaultPracticeOptions, customers: CUSTOMERS, startAt: Date.now() },
  new URL('../main/practice/world-process.ts', import.meta.url),
);
const chromium = await openChromium();
const desktop = await launchDesktop({
  chromium,
  environment: {
    HEADS_UP_POSTSCRIPT_URL: shop.urls.postscript,
    HEADS_UP_SMARTRR_URL: shop.urls.smartrr,
    HEADS_UP_METER: meterPath,
    NODE_OPTIONS: `--import=${new URL('event-loop-meter.mjs', import.meta.url).href}`,
  },
});
try {
  const page = await desktop.page();
  const meter = await connectMeter(meterPath);

  console.log('How long the main thread of the desktop app keeps a call waiting, ms:');
  printRow('', ['p50', 'p99', 'longest', 'own work p99', 'longest', 'by sample p99']);
  const idle = await measure('idle, a window open', () => pause(seconds / 3));

  await call(page, 'connections.savePostscriptKey', { key: shop.credentials.postscriptKey });
  await call(page, 'connections.saveSmartrrToken', { token: shop.credentials.smartrrToken });
  const rowsBefore = await findRowsSeen(page);
  const syncing = await measure(`${CUSTOMERS.toLocaleString('en')} customers syncing`, () => pause(seconds));
  const rows = (await findRowsSeen(page)) - rowsBefore;
  const control = await measure(`the same, ${BLOCK_MS} ms blocked twice a second`, async () => {
    await meter.ask('block');
    await pause(seconds / 3);
  });
  await measure(`${PRACTICE_CUSTOMERS.toLocaleString('en')} syncing as fast as they come`, async () => {
    await call(page, 'practice.start', { customers: PRACTICE_CUSTOMERS, seed: 7 });
    await pause(seconds / 3);
  });
  meter.close();

  console.log(
    `Meanwhile ${rows} subscriptions were read, at two requests a second for 100 each; ` +
      `the window was told ${syncing.events} times and called ${syncing.calls} times.`,
  );
  const isReached = rows > 0 && syncing.waits.p99 < TARGET_MS;
  console.log(
    `p99 while it syncs: ${syncing.waits.p99.toFixed(1)} ms; target: under ${TARGET_MS} ms. ${isReached ? 'Reached' : 'Not reached'}.`,
  );
  if (syncing.waits.p99 >= TARGET_MS && syncing.work.p99 < TARGET_MS) {
    console.log(
      "The app's own work is not it; the rest is waiting for a processor or a disk. " +
        `Idle, a call waits ${idle.waits.p99.toFixed(1)} ms (p99): run it again when nothing else runs here.`,
    );
  }
  const isSeen = control.waits.p99 > BLOCK_MS / 2 && control.work.p99 > BLOCK_MS / 2;
  if (!isSeen) console.log('The meter did not see the work that was put there on purpose: its figures say nothing.');
  if (!isReached || !isSeen) process.exitCode = 1;

  /**
   * @param {string} what
   * @param {() => Promise<void>} run
   */
  async function measure(what, run) {
    await meter.ask('begin');
    await run();
    const measured = /** @type {{ waits: Delays, work: Delays, sampled: Delays }} */ (await meter.ask('end'));
    const { waits, work, sampled } = measured;
    printRow(
      what,
      [waits.p50, waits.p99, waits.max, work.p99, work.max, sampled.p99].map((ms) => ms.toFixed(1)),
    );
    const traffic = await desktop.control.traffic();
    // What the stand-in keeps for tests is not the app's.
    await desktop.control.forgetTraffic();
    const calls = traffic.filter(({ kind }) => kind === 'invoke').length;
    return { ...measured, calls, events: traffic.length - calls };
  }
} finally {
  await desktop.remove();
  await chromium.close();
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} what
 * @param {string[]} figures
 */
function printRow(what, figures) {
  console.log(what.padEnd(40) + figures.map((figure) => figure.padStart(14)).join(''));
}

/** @param {number} forSeconds */
function pause(forSeconds) {
  return new Promise((/** @type {(value: void) => void} */ resolve) => setTimeout(resolve, forSeconds * 1000));
}

/** @param {string} path */
async function connectMeter(path) {
  const socket = connect(path);
  await once(socket, 'connect');
  return {
    /**
     * @param {string} command
     * @returns {Promise<unknown>}
     */
    async ask(command) {
      socket.write(command);
      const [chunk] = /** @type {[Buffer]} */ (await once(socket, 'data'));
      return JSON.parse(chunk.toString());
    },
    close: () => socket.destroy(),
  };
}

/**
 * @param {Page} page
 * @param {string} channel
 * @param {object} input
 * @returns {Promise<unknown>}
 */
async function call(page, channel, input) {
  const result = /** @type {{ ok: boolean, value: unknown }} */ (
    await page.evaluate(`window.bridge.invoke(${JSON.stringify(channel)}, ${JSON.stringify(input)})`)
  );
  if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result)}`);
  return result.value;
}

/** @param {Page} page */
async function findRowsSeen(page) {
  const status = /** @type {{ sync: { rowsSeen: number } }} */ (await call(page, 'status.get', {}));
  return status.sync.rowsSeen;
}

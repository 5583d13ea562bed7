// node scripts/bench-start.mjs: how long the built console takes to its first paint, from a warm start. Figures only.
import './node-guard.mjs';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';

const { chromium } = await import('playwright-core');
const { findChromium } = await import('../test/helpers/find-chromium.ts');
const { startConsoleProcess } = await import('../test/helpers/console-process.ts');

const RUNS = 7;

const executablePath = findChromium();
if (executablePath === null || !existsSync(new URL('../dist/main/browser.js', import.meta.url))) {
  console.error('Needs a Chromium (PATH, CHROMIUM_PATH) and a build (npm run build).');
  process.exit(1);
}

/** An empty page of the same browser on the same machine: what no console can be faster than. */
const empty = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>Empty</title><h1>Empty</h1>');
});
await new Promise((resolve) => empty.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = empty.address();
const emptyUrl = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/` : '';

const host = await startConsoleProcess(['--practice']);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.goto(host.link);
await page.getByRole('heading', { level: 1 }).waitFor();
const { origin } = new URL(page.url());

/** @type {{ empty: number[], paint: number[], screen: number[] }} */
const measured = { empty: [], paint: [], screen: [] };
for (let run = 0; run < RUNS; run += 1) {
  await page.goto(emptyUrl);
  measured.empty.push(await firstPaint());
  await page.goto(`${origin}/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  measured.screen.push(Number(await page.evaluate('performance.now()')));
  measured.paint.push(await firstPaint());
}
await browser.close();
await host.interrupt();
host.remove();
empty.close();

const medians = { empty: median(measured.empty), paint: median(measured.paint), screen: median(measured.screen) };
console.log(`First paint of an empty page:      ${medians.empty.toFixed(0)} ms`);
console.log(`First paint of the console:        ${medians.paint.toFixed(0)} ms`);
console.log(`The Overview with its numbers:     ${medians.screen.toFixed(0)} ms`);
console.log(`Console to empty page, ratio:      ${(medians.paint / medians.empty).toFixed(1)}`);
console.log(`Medians of ${RUNS} warm starts, in practice, on this machine.`);

/** @returns {Promise<number>} ms after the navigation began */
async function firstPaint() {
  /** @type {unknown} */
  const at = await page.evaluate(`new Promise((resolve) => {
    const find = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const wait = () => (find() === undefined ? requestAnimationFrame(wait) : resolve(find()));
    wait();
  })`);
  return Number(at);
}

/**
 * @param {number[]} values
 * @returns {number}
 */
function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

// npm run screenshots: draws docs/screens/*.png from the practice shop with a fixed seed, in a real Chromium.
import './node-guard.mjs';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { chromium } = await import('playwright-core');
const { findChromium } = await import('../test/helpers/find-chromium.ts');
const { startConsoleProcess } = await import('../test/helpers/console-process.ts');

const folder = fileURLToPath(new URL('../docs/screens', import.meta.url));
const screens = ['overview', 'triggers', 'deliveries', 'replies', 'customers', 'settings'];
const looks = /** @type {const} */ ([
  ['light', 1280, 800],
  ['dark', 1280, 800],
]);

const executablePath = findChromium();
if (executablePath === null) {
  console.error('No Chromium found (PATH, CHROMIUM_PATH).');
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const host = await startConsoleProcess(['--practice']);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ reducedMotion: 'reduce' });
await page.goto(host.link);
const { origin } = new URL(page.url());

// Far enough for texts, replies and skips to be there, and one phone open with its confirmation.
for (let day = 0; day < 2; day += 1) {
  await page.getByRole('button', { name: '+1 day' }).click();
  await page.getByRole('button', { name: '+1 day', disabled: true }).waitFor();
  await page.getByRole('button', { name: '+1 day', disabled: false }).waitFor();
}
for (const [colorScheme, width, height] of looks) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height });
  for (const screen of screens) {
    await page.goto(`${origin}/#/${screen === 'overview' ? '' : screen}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${folder}/${screen}-${colorScheme}.png` });
  }
  await page.goto(`${origin}/#/replies`);
  await page.getByRole('button', { name: 'Phones' }).click();
  await page.getByRole('complementary').getByRole('button').filter({ hasText: 'Confirmed' }).first().click();
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/phone-${colorScheme}.png` });
  await page.getByRole('button', { name: 'Close the practice phones' }).click();
}
await browser.close();
await host.interrupt();
host.remove();
console.log(`Drew ${looks.length * (screens.length + 1)} pictures into docs/screens.`);

// npm run screenshots: draws docs/screens/*.png from the practice shop with a fixed seed, in a real Chromium.
import './node-guard.mjs';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { chromium } = await import('playwright-core');
const { findChromium } = await import('../test/helpers/find-chromium.ts');
const { startConsoleProcess } = await import('../test/helpers/console-process.ts');
const { toIndexedPng } = await import('./indexed-png.mjs');

/** @typedef {import('playwright-core').Page} Page */
/**
 * @typedef {object} Shot
 * @property {string} name
 * @property {string} path
 * @property {string} settled a text that is there once the screen's data is
 * @property {(page: Page) => Promise<unknown>} [prepare]
 * @property {(page: Page) => Promise<unknown>} [tidy] for what would still be open on the next screen
 */

/**
 * The newest conversation that led to a skip.
 *
 * @param {Page} page
 */
async function openSkipped(page) {
  const conversation = page.getByRole('listitem').filter({ hasText: 'The order was skipped and the platform' });
  await conversation.first().getByRole('link').first().click();
  await page.getByRole('region', { name: 'Conversation' }).getByText('SKIP', { exact: false }).first().waitFor();
}

/** @type {readonly Shot[]} */
const shots = [
  { name: 'overview', path: '/', settled: 'Needs a person' },
  { name: 'triggers', path: '/triggers', settled: 'Customer Deactivated' },
  { name: 'upcoming', path: '/upcoming', settled: 'orders shown' },
  { name: 'set-up', path: '/triggers/upcoming_order', settled: 'Two ways to make the automation' },
  { name: 'template', path: '/triggers/upcoming_order?tab=template', settled: 'Found over all customers' },
  { name: 'deliveries', path: '/deliveries', settled: 'Postscript accepted the trigger.' },
  {
    name: 'delivery',
    path: '/deliveries?state=accepted',
    settled: 'Postscript accepted the trigger.',
    prepare: async (page) => {
      await page.getByText('Upcoming Order').last().click();
      await page.getByRole('dialog').getByText('Attempt 1').waitFor();
    },
  },
  {
    name: 'replies',
    path: '/replies',
    settled: 'The order was skipped and the platform confirmed it.',
    prepare: openSkipped,
  },
  { name: 'customers', path: '/customers', settled: 'customers shown' },
  {
    name: 'customer',
    path: '/replies',
    settled: 'The order was skipped and the platform confirmed it.',
    prepare: async (page) => {
      await openSkipped(page);
      await page.getByRole('region', { name: 'Conversation' }).getByRole('heading').getByRole('link').click();
      await page.getByText('Skipping the order on the platform.').first().waitFor();
    },
  },
  { name: 'settings', path: '/settings/connections', settled: 'Practice Postscript' },
  { name: 'settings-sending', path: '/settings/sending', settled: 'Announce every skip' },
  { name: 'settings-backup', path: '/settings/backup', settled: 'Make a backup now' },
  { name: 'guide', path: '/guide/set-up-an-automation-in-postscript', settled: 'Legacy Automations' },
  {
    name: 'phone',
    path: '/replies',
    settled: 'The order was skipped and the platform confirmed it.',
    prepare: async (page) => {
      await openSkipped(page);
      await page.getByRole('button', { name: 'Phones' }).click();
      await page.getByRole('complementary').getByRole('button').filter({ hasText: 'Confirmed' }).first().click();
      await page.getByRole('button', { name: 'Answer SKIP' }).waitFor();
    },
    tidy: (page) => page.getByRole('button', { name: 'Close the practice phones' }).click(),
  },
  {
    name: 'palette',
    path: '/',
    settled: 'Needs a person',
    prepare: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    },
    tidy: (page) => page.keyboard.press('Escape'),
  },
];

/** What is drawn in a small window too. */
const small = new Set(['overview', 'deliveries', 'phone']);
const sizes = { large: { width: 1280, height: 800 }, small: { width: 1024, height: 700 } };

const folder = fileURLToPath(new URL('../docs/screens', import.meta.url));
const executablePath = findChromium();
if (executablePath === null) {
  console.error('No Chromium found (PATH, CHROMIUM_PATH).');
  process.exit(1);
}
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

/**
 * A page of a fresh console; the seed is the practice shop's own.
 *
 * @param {string[]} flags
 * @param {(page: Page) => Promise<void>} work
 */
async function withConsole(flags, work) {
  const host = await startConsoleProcess(flags);
  const page = await browser.newPage({
    reducedMotion: 'reduce',
    timezoneId: 'America/New_York',
    viewport: sizes.large,
  });
  try {
    await page.goto(host.link);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await work(page);
  } finally {
    await page.close();
    await host.interrupt();
    host.remove();
  }
}

/** The console runs in folders of its own; what is drawn are those of somebody who chose nothing. */
const showUsualFolders = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    walker.currentNode.data = walker.currentNode.data
      .replace(/\\S*heads-up-journey-\\w+\\/data/g, '~/.local/share')
      .replace(/\\S*heads-up-journey-\\w+\\/config/g, '~/.config');
  }
})()`;

/**
 * @param {Page} page
 * @param {Shot} shot
 * @param {'large' | 'small'} size
 */
async function draw(page, { name, path, settled, prepare, tidy }, size) {
  const { origin } = new URL(page.url());
  await page.setViewportSize(sizes[size]);
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${origin}/#${path}`);
    await page.getByText(settled).first().waitFor();
    await prepare?.(page);
    // The last fades and the fonts; nothing that is waited for by name.
    await page.waitForTimeout(300);
    const file = `${name}-${colorScheme}${size === 'small' ? '-small' : ''}.png`;
    await page.evaluate(showUsualFolders);
    writeFileSync(join(folder, file), toIndexedPng(await page.screenshot()));
    await tidy?.(page);
  }
}

/**
 * @param {Page} page
 * @param {'+1 hour' | '+1 day'} step
 * @param {string} until the practice time that it leads to
 */
async function pass(page, step, until) {
  await page.getByRole('button', { name: step, disabled: false }).click();
  await page.getByText(until).first().waitFor();
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await withConsole(['--practice'], async (page) => {
  // Far enough for texts, replies and skips to be there, and for today to have something in it.
  await pass(page, '+1 day', 'Feb 23, 2027, 10:00:00 AM');
  await pass(page, '+1 day', 'Feb 24, 2027, 10:00:00 AM');
  for (const hour of ['11:00:00 AM', '12:00:00 PM', '1:00:00 PM']) await pass(page, '+1 hour', hour);
  await page.getByRole('button', { name: '+1 hour', disabled: false }).waitFor();
  await page.getByRole('button', { name: 'Close the tour' }).click();
  for (const shot of shots) {
    await draw(page, shot, 'large');
    if (small.has(shot.name)) await draw(page, shot, 'small');
  }
});
await withConsole([], async (page) => {
  await draw(page, { name: 'first-run', path: '/setup', settled: 'Look around first' }, 'large');
});
await browser.close();
console.log(`Drew ${readdirSync(folder).length} pictures into docs/screens.`);

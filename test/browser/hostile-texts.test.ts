import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import type { Scenario } from '../renderer/fake-connections.ts';
import { customers } from '../renderer/fake-data.ts';
import { isTooWide, shareConsoles } from './open-console.ts';

/** What somebody may call themselves. Each stands in for every fourth customer and product. */
const hostileTexts = [
  '<img src=nowhere onerror="window.wasAttacked=true"><script>window.wasAttacked=true</script>',
  'Wilhelmina '.repeat(455).trim(),
  // Turns the rest of its line around, and never says where that ends.
  '\u202Eevol htiw\u2067 \u05D0\u05D1\u05D2 \u202EannA',
  // Nothing to see, two thousand times; then letters under a tower of marks.
  `Zoe${'\u200D\u200B\u2060'.repeat(700)}Z${'\u0336\u035B\u0352'.repeat(100)}`,
] as const;

const products = ['House Espresso 500 g', 'Ethiopia Yirgacheffe 1 kg', 'Decaf Huila', 'Paper Filters, 100'];

type Place = Readonly<{
  scenario?: Scenario;
  path: string;
  settled: string;
  act?: (page: Page) => Promise<void>;
}>;

/** Everywhere that texts of customers and of the platform are shown. */
const places: readonly Place[] = [
  {
    path: '/triggers',
    settled: 'Not accepted',
    act: async (page) => {
      await page.getByRole('button', { name: 'Test Skipped Order' }).click();
      await page.getByRole('radio').nth(3).waitFor();
    },
  },
  { path: '/deliveries', settled: 'Postscript accepted the trigger.' },
  { path: '/deliveries?id=135', settled: 'Tags sent along' },
  { path: '/replies', settled: 'No customer has this phone number.' },
  {
    path: '/replies?needs=person',
    settled: 'Skip an order…',
    act: async (page) => {
      await page.getByRole('button', { name: 'Skip an order…' }).last().click();
      await page.getByRole('dialog', { name: 'Skip an order' }).waitFor();
    },
  },
  {
    scenario: 'practice',
    path: '/guide',
    settled: 'Next event',
    act: (page) => page.getByRole('button', { name: 'Phones' }).click(),
  },
  { path: '/upcoming', settled: 'orders shown' },
  { path: '/missed', settled: 'Missed notices' },
  { path: '/customers', settled: '12 customers shown' },
  { path: '/customers/cust-2', settled: '50 decisions shown' },
  { path: '/customers/cust-3', settled: '50 decisions shown' },
];

/** Puts the hostile texts where the fake engine has ordinary ones. */
async function serveHostileTexts(page: Page): Promise<void> {
  const swaps = [...customers.map(({ name }) => name), ...products].map((text, index) => {
    const hostile = hostileTexts[index % hostileTexts.length] ?? '';
    return [JSON.stringify(text).slice(1, -1), JSON.stringify(hostile).slice(1, -1)] as const;
  });
  await page.route('**/api/call', async (route) => {
    const response = await route.fetch();
    let body = await response.text();
    for (const [text, hostile] of swaps) body = body.replaceAll(text, () => hostile);
    await route.fulfill({ response, body });
  });
}

/**
 * Elements that such a text has spoilt: blown up, or its line turned around because nothing keeps the direction inside.
 * What screen readers alone get is left out, since it has no place on the screen.
 */
const findSpoilt = `(() => {
  const turn = /[\\u202E\\u2067]/;
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const isContained = (element) => {
    const style = getComputedStyle(element);
    return style.display !== 'inline' || style.unicodeBidi.includes('isolate') || style.unicodeBidi === 'plaintext';
  };
  while (walker.nextNode()) {
    const text = walker.currentNode.data;
    let element = walker.currentNode.parentElement;
    if (element.closest('script, style, option') !== null) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    const describe = () => element.outerHTML.slice(0, 160);
    if (text.includes('Wilhelmina Wilhelmina') && box.height > 160) found.add('too tall: ' + describe());
    if (!turn.test(text)) continue;
    while (!isContained(element) && element.textContent === text) element = element.parentElement;
    if (element.textContent !== text && !(isContained(element) && element.tagName === 'BDI')) found.add('turned: ' + describe());
  }
  return [...found];
})()`;

describeWithChromium('texts from outside', () => {
  const consoles = shareConsoles();

  it.each(places)('run nothing and spoil no layout on $path', async ({ scenario = 'busy', path, settled, act }) => {
    const { page, complaints } = await consoles.open({ scenario, path, prepare: serveHostileTexts });
    await page.getByText(settled).first().waitFor();
    await act?.(page);
    const isShown = async (): Promise<boolean> => {
      const shown = (await page.locator('body').textContent()) ?? '';
      return hostileTexts.some((text) => shown.includes(text.slice(0, 40)));
    };
    await expect.poll(isShown, { timeout: 10_000, message: 'such a text to be on the screen' }).toBe(true);
    const spoilt: unknown = await page.evaluate(findSpoilt);
    const wasAttacked: unknown = await page.evaluate('window.wasAttacked === true');
    // 512 is a window of 1,024 at twice the size.
    const isWide = [];
    for (const width of [1280, 1024, 512]) {
      await page.setViewportSize({ width, height: 700 });
      isWide.push(await isTooWide(page));
    }
    expect({ spoilt, wasAttacked, isWide, complaints }).toEqual({
      spoilt: [],
      wasAttacked: false,
      isWide: [false, false, false],
      complaints: [],
    });
  });
});

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { isTooWide, shareConsoles } from './open-console.ts';

/** For an address with a part that varies: what stands for it. */
const examples: Readonly<Record<string, readonly string[]>> = {
  '/customers/:id': ['/customers/cust-1'],
  '/triggers/:name': ['set-up', 'template', 'test', 'history'].map((tab) => `/triggers/upcoming_order?tab=${tab}`),
  '/settings/:name': ['shop', 'sending', 'replies', 'privacy', 'computer', 'backup', 'diagnostics'].map(
    (name) => `/settings/${name}`,
  ),
  '/setup/:place': ['/setup/postscript'],
  '/guide/:chapter': ['/guide/connect-your-shop'],
};

/** Every address that the router knows, read from its source so that a new screen cannot be forgotten. */
const routes = [
  ...readFileSync(new URL('../../renderer/app/routes.tsx', import.meta.url), 'utf8').matchAll(/<Route path="([^"]+)"/g),
].flatMap(([, path = '']) => examples[path] ?? [path]);
const unnamed = routes.filter((path) => path.includes(':'));

type Stop = Readonly<{ name: string; hasOutline: boolean; isInSight: boolean }>;

/** Presses Tab once round the page; each stop with what a person sees of the focus. */
async function walk(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  // The body takes the focus for once, because Tab goes on from where it was last, also after that is gone.
  await page.evaluate(`(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    for (const element of document.querySelectorAll('[data-seen]')) delete element.dataset.seen;
  })()`);
  for (let presses = 0; presses < 160; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = (await page.evaluate(`(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      // A field for a time has several stops of its own.
      if (element.dataset.seen === 'yes') return element === window.lastStop ? 'same' : null;
      element.dataset.seen = 'yes';
      window.lastStop = element;
      const isVisible = ({ outlineStyle, outlineWidth, outlineColor, boxShadow }) =>
        (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0 && !outlineColor.endsWith(', 0)')) || boxShadow !== 'none';
      // A switch or a radio is hidden; what stands for it shows the focus.
      const shown = [element, element.nextElementSibling, element.parentElement, ...element.parentElement?.querySelectorAll('label, [data-checked], span') ?? []];
      const { width, height, top, left, bottom, right } = element.getBoundingClientRect();
      return {
        name: (element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 60) || element.outerHTML.slice(0, 120),
        hasOutline: shown.some((one) => one && isVisible(getComputedStyle(one))) || getComputedStyle(element).borderColor === 'rgb(15, 107, 123)',
        isInSight: bottom >= 0 && top <= innerHeight && right >= 0 && left <= innerWidth,
      };
    })()`)) as Stop | 'same' | null;
    if (stop === null) return stops;
    if (stop !== 'same') stops.push(stop);
  }
  return stops;
}

/** What can be clicked and is smaller than a fingertip, in both directions; links inside a sentence are excepted. */
async function findSmallTargets(page: Page): Promise<string[]> {
  const found = (await page.evaluate(`
    [...document.querySelectorAll('button, a[href], input, select, textarea, [role=option], [role=tab], summary')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map((element) => {
        const label = element.labels?.[0];
        const boxes = [element, ...(label ? [label] : [])].map((one) => one.getBoundingClientRect());
        return { element, width: Math.max(...boxes.map(({ width }) => width)), height: Math.max(...boxes.map(({ height }) => height)) };
      })
      .filter(({ element, width, height }) => width > 1 && height > 1 && (width < 24 || height < 24)
        && !(element.tagName === 'A' && getComputedStyle(element).display === 'inline'))
      .map(({ element, width, height }) => Math.round(width) + 'x' + Math.round(height) + ' ' + element.outerHTML.slice(0, 140))
  `)) as unknown[];
  return found.map(String);
}

describeWithChromium('on every screen', () => {
  const consoles = shareConsoles();

  it('knows the screens', () => {
    expect(routes).toContain('/');
    // Its literal name would only lead to the screen that says that there is none.
    expect(unnamed).toEqual([]);
    expect(routes.length).toBeGreaterThanOrEqual(20);
  });

  it.each(routes)(
    'at %s targets are large enough, the keyboard reaches everything, and twice the size fits',
    async (path) => {
      const { page } = await consoles.visit({ scenario: 'practice', path });
      await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
      expect(await findSmallTargets(page)).toEqual([]);

      const stops = await walk(page);
      expect(stops.length).toBeGreaterThan(8);
      expect(stops.filter(({ hasOutline, isInSight }) => !hasOutline || !isInSight)).toEqual([]);
      const unreachable: unknown = await page.evaluate(`
      [...document.querySelectorAll('button:enabled, a[href], input:enabled, select:enabled, textarea:enabled')]
        .filter((element) => element.dataset.seen !== 'yes' && element.tabIndex >= 0 && element.type !== 'radio' && element.checkVisibility())
        .map((element) => element.outerHTML.slice(0, 120))
    `);
      expect(stops.length < 160 ? unreachable : []).toEqual([]);

      // 512 is a window of 1,024 at twice the size.
      await page.setViewportSize({ width: 512, height: 384 });
      expect(await isTooWide(page)).toBe(false);
    },
  );
});

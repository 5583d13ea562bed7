import type { Page } from 'playwright-core';

const MOST_PRESSES = 250;

/** The name of what has the focus, as a screen reader would say it. */
export async function focusedName(page: Page): Promise<string> {
  const name: unknown = await page.evaluate(
    "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''",
  );
  return String(name);
}

/** Walks by keyboard as a person would, and fails rather than walk for ever. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    if (name.test(await focusedName(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Expected the Tab key to reach ${String(name)}; it ended at "${await focusedName(page)}"`);
}

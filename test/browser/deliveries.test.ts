import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { focusedName, tabTo } from './keyboard.ts';
import { findViolations, isTooWide, shareConsoles } from './open-console.ts';

const rowsOf = (page: Page): Locator => page.getByRole('grid').locator('[data-delivery]');

/** The place of a row on the screen, which must not change under the reader. */
async function placeOf(page: Page, id: number): Promise<number | undefined> {
  const box = await page.locator(`[data-delivery="${id}"]`).boundingBox();
  return box?.y;
}

async function scrollTo(page: Page, top: number): Promise<void> {
  await page.locator('tbody').evaluate((body, to) => body.scrollTo(0, to), top);
}

describeWithChromium('the log of deliveries', () => {
  const consoles = shareConsoles();

  it('is a grid with one tab stop: arrows, J and K move, Enter opens, Escape closes and gives the focus back', async () => {
    const { page, complaints } = await consoles.open({ scenario: 'busy', path: '/deliveries?state=unknown' });
    await page.getByText('Check with Postscript').nth(3).waitFor();
    const grid = page.getByRole('grid', { name: 'Deliveries, newest first' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('14');
    await tabTo(page, /^Upcoming Order for/);
    const indexOf = (): Promise<string | null> =>
      page.locator('[data-delivery]:focus').getAttribute('aria-rowindex', { timeout: 5_000 });
    expect(await indexOf()).toBe('2');
    const steps: readonly (readonly [string, string])[] = [
      ['ArrowDown', '3'],
      ['j', '4'],
      ['k', '3'],
      ['ArrowUp', '2'],
      ['ArrowUp', '2'],
      ['End', '14'],
      ['Home', '2'],
      ['ArrowDown', '3'],
    ];
    for (const [key, index] of steps) {
      await page.keyboard.press(key);
      await expect.poll(async () => [key, await indexOf()]).toEqual([key, index]);
    }
    const name = await focusedName(page);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('No answer within 15 s').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(() => focusedName(page)).toBe(name);
    expect(complaints).toEqual([]);
  });

  it('draws only what is in sight, reads on while one scrolls, and says when the end is reached', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries' });
    await page.getByText('The newest 50 deliveries').waitFor();
    const grid = page.getByRole('grid');
    expect(await grid.getAttribute('aria-rowcount')).toBe('-1');
    expect(await rowsOf(page).count()).toBeLessThan(60);
    await scrollTo(page, 1_000_000);
    await page.getByText('The newest 100 deliveries').waitFor();
    await scrollTo(page, 1_000_000);
    await page.getByText('137 deliveries, the oldest included.').waitFor();
    await scrollTo(page, 1_000_000);
    await page.locator('[data-delivery="1"]').waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe('138');
    expect(await rowsOf(page).count()).toBeLessThan(60);
  });

  it('does not move under the reader: new rows wait behind a pill, and changes are written where the row stands', async () => {
    const { page, bridge } = await consoles.open({ scenario: 'busy', path: '/deliveries' });
    await page.getByText('The newest 50 deliveries').waitFor();
    await scrollTo(page, 56 * 8);
    await page.locator('[data-delivery="124"]').waitFor();
    const before = await placeOf(page, 124);
    bridge.deliveries.add(3);
    await page.getByRole('button', { name: '3 new' }).waitFor();
    await bridge.handlers['deliveries.markAccepted']({ id: 124 });
    await page.locator('[data-delivery="124"]').getByText('A person checked with Postscript').waitFor();
    expect(await placeOf(page, 124)).toBe(before);
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: '3 new' }).click();
    await page.locator('[data-delivery="140"]').waitFor();
    expect(await page.getByRole('button', { name: 'new' }).count()).toBe(0);
  });

  it('shows new rows by itself to a reader at the top who has no row in hand', async () => {
    const { page, bridge } = await consoles.open({ scenario: 'busy', path: '/deliveries' });
    await page.getByText('The newest 50 deliveries').waitFor();
    bridge.deliveries.add(2);
    await page.locator('[data-delivery="139"]').waitFor();
    await tabTo(page, /^Upcoming Order for/);
    bridge.deliveries.add(1);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await page.locator('[data-delivery="140"]').count()).toBe(0);
  });

  it('keeps filters in the address: a reload and the back button restore them', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries' });
    await page.getByLabel('State').selectOption('failed');
    await page.getByText('13 deliveries, the oldest included').waitFor();
    expect(new URL(page.url()).hash).toBe('#/deliveries?state=failed');
    await page.reload();
    await page.getByText('13 deliveries, the oldest included').waitFor();
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByText('12 customers shown').waitFor();
    expect(new URL(page.url()).hash).toBe('#/customers');
    await page.goBack();
    await page.getByText('13 deliveries, the oldest included').waitFor();
    await page.goBack();
    await page.getByText('The newest 50 deliveries').waitFor();
  });

  it('takes chips away by keyboard, one by one or all at once', async () => {
    const path = '/deliveries?state=accepted&trigger=upcoming_order&kind=real&answer=2xx&order=2027-02-31&q=da';
    const { page } = await consoles.open({ scenario: 'busy', path });
    const chips = page.getByRole('list', { name: 'Filters' }).getByRole('button');
    await chips.first().waitFor();
    // The date that does not exist is none.
    expect(await chips.allTextContents()).toEqual([
      'Search: da',
      'State: Accepted',
      'Trigger: Upcoming Order',
      'Answer: 2xx: yes',
      'Real ones only',
      'Clear all',
    ]);
    expect({ violations: await findViolations(page), isTooWide: await isTooWide(page) }).toEqual({
      violations: [],
      isTooWide: false,
    });
    await tabTo(page, /^Remove the filter State/);
    await page.keyboard.press('Delete');
    await expect.poll(() => new URL(page.url()).hash).not.toContain('state=');
    await tabTo(page, /^Remove the filter Search/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Search').inputValue()).toBe('');
    await tabTo(page, /^Clear all/);
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).hash).toBe('#/deliveries');
  });

  it('finds by what is typed, with / for the search and F for the filters', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries' });
    await page.getByText('The newest 50 deliveries').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('tom berg');
    await page.getByText('11 deliveries, the oldest included').waitFor();
    expect(new URL(page.url()).hash).toBe('#/deliveries?q=tom+berg');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('f');
    await expect.poll(() => page.getByLabel('State').evaluate((box) => box === document.activeElement)).toBe(true);
    await page.getByLabel('Kind').selectOption('test');
    await page.getByText('1 delivery, the oldest included').waitFor();
  });

  it('narrows the period by a bar, and offers the same numbers as a table', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries' });
    await page.getByText('put in line by day').waitFor();
    await page.getByRole('button', { name: 'Show as a table' }).click();
    expect(await findViolations(page)).toEqual([]);
    await page
      .getByRole('row', { name: /^Mar 14/ })
      .getByRole('button')
      .click();
    await page.getByText('put in line by hour').waitFor();
    expect(new URL(page.url()).hash).toBe('#/deliveries?from=2027-03-14&to=2027-03-14');
    await page.getByRole('button', { name: 'Remove the filter Decided: Mar 14' }).click();
    await page.getByText('put in line by day').waitFor();
  });

  it('marks an unknown delivery as accepted, or resends it after asking', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries?id=135' });
    const drawer = page.getByRole('dialog', { name: 'Delivery 135' });
    await drawer.getByRole('button', { name: 'Resend' }).click();
    const question = page.getByRole('dialog', { name: 'Resend it?' });
    await question.getByText('may be texted twice').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await drawer.getByRole('button', { name: 'Mark as accepted' }).click();
    await drawer.getByText('A person checked with Postscript').waitFor();
    expect(await drawer.getByRole('button', { name: 'Resend' }).count()).toBe(0);
  });

  it('hides the phone in the detail until it is asked for', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries?id=135' });
    const drawer = page.getByRole('dialog', { name: 'Delivery 135' });
    await drawer.getByText('Request', { exact: true }).click();
    await drawer.getByText('+1 ••• ••• 0110').waitFor();
    expect(await drawer.textContent()).not.toContain('5550110');
    await drawer.getByRole('button', { name: 'Show the number' }).click();
    await drawer.getByText('+1 (212) 555-0110').waitFor();
    await drawer.getByRole('button', { name: 'Hide the number' }).click();
    await expect.poll(() => drawer.textContent()).not.toContain('5550110');
  });

  it('resends what the filter shows after saying how many, and can be stopped', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries?trigger=upcoming_order' });
    await page.getByText('The newest 50 deliveries').waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: 'Resend what the filter shows?' });
    await dialog.getByText('0 deliveries were refused').waitFor();
    expect(await dialog.getByRole('button', { name: 'Resend', exact: true }).isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'Also the 13 deliveries without a clear answer' }).check();
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Resend 13 deliveries' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('3 of 13 so far.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop, leave the rest alone' }).click();
    await page.getByText('3 of 13 put in line, 10 left alone.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('The resend was stopped').waitFor({ state: 'detached' });
  });

  it('exports all pages of the filter to a file, with masked phones unless asked otherwise', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries?state=accepted' });
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export as CSV' });
    expect(await findViolations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('deliveries-2027-03-15.csv');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.trim().split('\r\n')).toHaveLength(38);
    expect(text).not.toContain('5550110');
    await dialog.waitFor({ state: 'detached' });
  });
});

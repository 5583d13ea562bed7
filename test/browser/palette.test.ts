import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { ENDLESS_NAME } from '../renderer/fake-data.ts';
import { type Consoles, findViolations, isTooWide, shareConsoles } from './open-console.ts';

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();

describeWithChromium('the command palette', () => {
  const consoles = shareConsoles();

  async function openPalette(options: Partial<Parameters<Consoles['open']>[0]> = {}) {
    const opened = await consoles.open({ scenario: 'busy', path: '/', ...options });
    await opened.page.keyboard.press('Control+k');
    const field = opened.page.getByRole('combobox', { name: 'Find a command, a screen or a customer' });
    await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
    return { ...opened, field };
  }

  it('is accessible, over a narrow window as well', async () => {
    const { page, complaints } = await openPalette({ width: 512, height: 700 });
    expect({ violations: await findViolations(page), isTooWide: await isTooWide(page), complaints }).toEqual({
      violations: [],
      isTooWide: false,
      complaints: [],
    });
  });

  it('goes to a screen, and offers it first the next time', async () => {
    const { page, field } = await openPalette();
    await field.fill('deliv');
    await page.keyboard.press('Enter');
    await expect.poll(() => titleOf(page)).toBe('Deliveries');
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Deliveries');
    await page.keyboard.press('Control+k');
    await page.getByRole('group', { name: 'Recent' }).getByRole('option', { name: 'Deliveries' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('opens a customer by name, however long the names are', async () => {
    const { page, field } = await openPalette();
    await field.fill('wilhelmina');
    await page.getByRole('option', { name: ENDLESS_NAME.slice(0, 60) }).waitFor();
    expect(await isTooWide(page)).toBe(false);
    await field.fill('dana');
    await page.getByRole('option', { name: 'Dana Whitfield' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => titleOf(page)).toBe('Dana Whitfield');
  });

  it('starts sending only after it was said what goes first, and stops it', async () => {
    const { page, field } = await openPalette({ path: '/replies' });
    await field.fill('start sending');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Switch sending on?' });
    await dialog.getByText('12 notices are due now and would go out first.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Switch sending on' }).click();
    await page.getByText('Sending is on', { exact: true }).waitFor();
    await page.keyboard.press('Control+k');
    await field.fill('stop sending');
    await page.keyboard.press('Enter');
    await page.getByText('Sending is off', { exact: true }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('closes with Escape and gives the focus back', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    const opener = page.getByRole('button', { name: /^Commands/ });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('says so when nothing is called that', async () => {
    const { page, field } = await openPalette();
    await field.fill('zzzz');
    expect(await page.getByText('Nothing here is called that.').isVisible()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
  });
});

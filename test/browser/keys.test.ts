import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { findViolations, shareConsoles } from './open-console.ts';

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();

describeWithChromium('keys', () => {
  const consoles = shareConsoles();

  it('go to a screen by its number, by G and its letter, and by a combination', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    await page.keyboard.press('2');
    await expect.poll(() => titleOf(page)).toBe('Triggers');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await expect.poll(() => titleOf(page)).toBe('Replies');
    await page.keyboard.press('Control+,');
    await expect.poll(() => titleOf(page)).toBe('Connections');
    await page.keyboard.press('1');
    await expect.poll(() => titleOf(page)).toBe('Overview');
  });

  it('do nothing while somebody types, except combinations', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/customers' });
    const search = page.getByLabel('Find a customer');
    await search.focus();
    await page.keyboard.press('1');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    expect(await search.inputValue()).toBe('1gd');
    await expect.poll(() => titleOf(page)).toBe('Customers');
    await page.keyboard.press('Control+,');
    await expect.poll(() => titleOf(page)).toBe('Connections');
  });

  it('do nothing with Ctrl, Alt or a shifted letter', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    for (const keys of ['Alt+2', 'Control+Shift+2', 'Meta+2']) await page.keyboard.press(keys);
    await page.keyboard.press('g');
    await page.keyboard.press('Shift+R');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await expect.poll(() => titleOf(page)).toBe('Triggers');
  });

  it('are all listed behind the question mark, and can be switched off, which lasts', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.getByText('Customers').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await sheet.getByRole('switch', { name: 'Single-key shortcuts' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const key of ['2', 'g', 't', '?']) await page.keyboard.press(key);
    await page.keyboard.press('Control+,');
    await expect.poll(() => titleOf(page)).toBe('Connections');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('do nothing behind an open dialog', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    await page.getByRole('switch', { name: 'Hand triggers to Postscript' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => titleOf(page)).toBe('Overview');
  });
});

import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { findViolations, shareConsoles } from './open-console.ts';

describeWithChromium('backups, the bundle, and erasing a customer', () => {
  const consoles = shareConsoles();

  it('restores a backup after saying what that means', async () => {
    const { page, complaints } = await consoles.open({ scenario: 'busy', path: '/settings/backup' });
    await page
      .getByRole('button', { name: /^Restore the backup/ })
      .last()
      .click();
    await page.getByText('no order is skipped twice').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Restore it' }).click();
    await page.getByText('This backup is damaged.').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Restore the backup/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Restore it' }).click();
    await page.getByText('A backup was restored on').waitFor();
    expect({ violations: await findViolations(page), complaints }).toEqual({ violations: [], complaints: [] });
  });

  it('shows the whole bundle before it is saved', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/settings/diagnostics' });
    await page.getByRole('button', { name: 'Collect it' }).click();
    await page.getByText('log.txt').click();
    await page.getByLabel('Contents of log.txt').waitFor();
    expect(await findViolations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Save heads-up-HU-/ }).click();
    expect((await download).suggestedFilename()).toMatch(/^heads-up-HU-[0-9A-F]{8}\.zip$/);
  });

  it('erases a customer by keyboard, once the word is typed', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/customers/cust-1' });
    await page.getByRole('button', { name: 'Erase…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Type ERASE to go on').focus();
    expect(await page.getByRole('button', { name: 'Erase the customer' }).isDisabled()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.type('ERASE');
    await page.keyboard.press('Enter');
    await page.getByText('The customer is erased').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { describeWithChromium } from '../helpers/chromium.ts';
import { fakeDesktop } from '../renderer/fake-computer.ts';
import { findViolations, shareConsoles } from './open-console.ts';

describeWithChromium('the settings of this computer', () => {
  const consoles = shareConsoles();

  const open = (change: Partial<typeof fakeDesktop> = {}) =>
    consoles.open({ scenario: 'busy', path: '/settings/computer', desktop: { ...fakeDesktop, ...change } });
  const startSwitch = (page: Page) => page.getByRole('switch', { name: 'Start when I log in' });

  it('keeps each choice at once, also over a reload', async () => {
    const { page } = await open();
    await startSwitch(page).setChecked(true);
    await page.getByRole('switch', { name: 'Notifications' }).setChecked(false);
    await page.getByRole('radio', { name: 'Keep running' }).check();
    await page.reload();
    await expect.poll(() => startSwitch(page).isChecked()).toBe(true);
    expect(await page.getByRole('switch', { name: 'Notifications' }).isChecked()).toBe(false);
    expect(await page.getByRole('radio', { name: 'Keep running' }).isChecked()).toBe(true);
  });

  it('says what stands between the switch and the start, and where to change it', async () => {
    const note = 'It is not allowed yet: switch Heads Up on in System Settings, General, Login Items.';
    const { page } = await open({ launchAtLogin: { state: 'needs_approval', note } });
    await page.getByText(note).waitFor();
    expect(await startSwitch(page).isChecked()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
  });

  it('says when the window was started without its sandbox', async () => {
    const warning = 'One layer of protection is missing';
    const { page } = await open({ hasSandbox: false });
    await page.getByText(warning).waitFor();
    const { page: protectedPage } = await open();
    await protectedPage.getByText('Data folder', { exact: true }).waitFor();
    expect(await protectedPage.getByText(warning).count()).toBe(0);
  });

  it('is the same in the practice shop, and says of no other page that it is', async () => {
    const { page } = await consoles.open({ scenario: 'practice', path: '/settings/sending' });
    const note = page.getByText('These are the practice shop’s settings');
    await note.waitFor();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'This computer' }).click();
    await page.getByRole('heading', { level: 1, name: 'This computer' }).waitFor();
    expect(await note.count()).toBe(0);
  });

  it('tells a browser tab in one sentence what the desktop app has', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/settings/computer' });
    await page.getByText('A browser tab has none of this').waitFor();
    expect(await startSwitch(page).count()).toBe(0);
  });
});

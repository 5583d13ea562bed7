import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import { fail, ok } from '../../shared/result.ts';
import { findViolations, isTooWide, shareConsoles } from './open-console.ts';

describeWithChromium('the frame around every screen', () => {
  const consoles = shareConsoles();

  it.each([
    { scenario: 'busy', words: ['Real shop', 'Sending is off'] },
    { scenario: 'practice', words: ['Practice', 'Sending is on'] },
    { scenario: 'trouble', words: ['Real shop', 'Sending is held'] },
  ] as const)('says plainly what kind of shop it is and what sending does: $scenario', async ({ scenario, words }) => {
    const { page } = await consoles.open({ scenario, path: '/guide' });
    const header = page.getByRole('banner');
    for (const word of words) expect(await header.getByText(word, { exact: true }).count()).toBe(1);
  });

  it('opens what is known about the sync, starts one, and closes with Escape', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/', width: 512, height: 700 });
    const button = page.getByRole('button', { name: 'Synced 11:18 AM EDT' });
    await button.click();
    const panel = page.getByRole('region', { name: 'Sync', exact: true });
    expect(await panel.getByRole('definition').allTextContents()).toEqual([
      'Mar 15, 11:18 AM EDT',
      'Mar 15, 11:23 AM EDT',
      'Mar 15, 11:20 AM EDT',
      'Version 0.1.0',
    ]);
    await panel.getByRole('button', { name: 'Sync now' }).click();
    expect({ violations: await findViolations(page), isTooWide: await isTooWide(page) }).toEqual({
      violations: [],
      isTooWide: false,
    });
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('says of a connection that is down since when, what goes on, when it is tried again, and of a wrong clock', async () => {
    const { page } = await consoles.open({ scenario: 'trouble', path: '/deliveries' });
    const banner = page.getByRole('alert').filter({ hasText: 'Smartrr gives no clear answer' });
    const text = (await banner.textContent()) ?? '';
    for (const part of [
      'since Mar 15, 10:20 AM EDT',
      'Replies are still read',
      'Next try Mar 15, 2027, 11:23:00 AM EDT',
    ]) {
      expect(text).toContain(part);
    }
    await banner.getByRole('link').click();
    await expect.poll(() => new URL(page.url()).hash).toBe('#/settings/connections');
    await page.getByText('It is 7 minutes ahead of the services’ clocks').waitFor();
  });

  it('says that the engine was started again, until that is read, and what to do when it stays down', async () => {
    const { page, bridge } = await consoles.open({ scenario: 'busy', path: '/', width: 512, height: 700 });
    const { handlers } = bridge;
    const usual = handlers['computer.get'];
    const become = async (engine: EngineState) => {
      const computer = await usual({});
      if (!computer.ok) throw new Error('Expected the fake computer to answer');
      handlers['computer.get'] = () => ok({ ...computer.value, engine });
      // Announces a change, as a host does when its engine's state changes.
      await handlers['sync.run']({});
    };
    const crashedAt = Date.UTC(2027, 2, 15, 15, 20);
    const banner = page.getByRole('alert').filter({ hasText: 'engine' });
    await become({ state: 'restarting', since: crashedAt });
    await banner.getByText('The engine stopped at Mar 15, 2027, 11:20:00 AM EDT and is being started again').waitFor();
    await become({ state: 'running', restartedAt: crashedAt + 3000 });
    await banner.getByText('was started again at Mar 15, 2027, 11:20:03 AM EDT').waitFor();
    expect({ violations: await findViolations(page), isTooWide: await isTooWide(page) }).toEqual({
      violations: [],
      isTooWide: false,
    });
    await banner.getByRole('button', { name: 'Close this message' }).click();
    await banner.waitFor({ state: 'detached' });
    await become({ state: 'stopped', since: crashedAt, message: 'It crashed too often.', nextStep: 'Start it again.' });
    await banner.getByText('It crashed too often. Start it again.').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('says once that this computer keeps another time than the shop', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/', timezoneId: 'Europe/Berlin' });
    await page.getByText('Times are the shop’s (11:20 AM EDT). This computer has 4:20 PM').waitFor();
    await page.getByRole('button', { name: 'Do not say again that the time zones differ' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByText('Times are the shop’s').count()).toBe(0);
  });

  it('copies the details of a failure, or shows them where the browser forbids it', async () => {
    const { page, bridge } = await consoles.open({ scenario: 'busy', path: '/guide' });
    const { handlers } = bridge;
    handlers['customers.list'] = () => fail('storage', 'No answer for +1 (212) 555-0100.', 'Try again.');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('button', { name: 'Copy details' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(copied).toContain('Code: storage');
    expect(copied).toContain('Message: No answer for [number].');
    expect(copied).toContain('Screen: /customers');
    expect(copied).toContain('Version: 0.1.0');

    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
    await page.getByText('Copied', { exact: true }).click();
    await page.getByText('Message: No answer for [number].').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('leads through the practice shop by keyboard, and the tour can be closed and asked for again', async () => {
    const { page } = await consoles.open({ scenario: 'practice', path: '/deliveries' });
    const tour = page.getByRole('region', { name: 'Tour of the practice shop' });
    await tour.getByText('Step 2 of 4').waitFor();
    await tour.getByRole('button', { name: 'Open that phone' }).focus();
    await page.keyboard.press('Enter');
    const phones = page.getByRole('complementary', { name: 'Practice phones' });
    await phones.getByRole('heading', { level: 3, name: 'Marcus Oyelaran' }).waitFor();
    await phones.getByRole('button', { name: 'Answer SKIP' }).focus();
    await page.keyboard.press('Enter');
    await tour.getByText('Step 3 of 4').waitFor();
    await tour.getByText('The next order is on Sat, Apr 17, 2027.').waitFor();
    expect({ violations: await findViolations(page), isTooWide: await isTooWide(page) }).toEqual({
      violations: [],
      isTooWide: false,
    });
    await tour.getByRole('button', { name: 'Continue' }).click();
    await tour.getByText('Confirmed! Your upcoming subscription will be skipped.').waitFor();
    await tour.getByRole('button', { name: 'Finish' }).click();
    await tour.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Tour' }).click();
    await tour.getByText('Step 3 of 4').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('gives phones their own light and dark, and marks what nobody has read', async () => {
    const { page } = await consoles.open({ scenario: 'practice', path: '/', colorScheme: 'dark' });
    await page.getByRole('button', { name: /^Phones\s*11 new/ }).click();
    const phones = page.getByRole('complementary', { name: 'Practice phones' });
    await phones.getByText('Light', { exact: true }).click();
    await phones.getByRole('button', { name: /^Dana Whitfield.*2 new/ }).click();
    expect(await phones.locator('[data-scheme]').getAttribute('data-scheme')).toBe('light');
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Phones\s*9 new/ }).waitFor();
  });
});

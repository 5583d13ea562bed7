import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { startFakeHost } from '../renderer/fake-host.ts';
import { focusedName, tabTo } from './keyboard.ts';
import { findViolations, isTooWide, shareConsoles } from './open-console.ts';

describeWithChromium('what a person does in the console', () => {
  const consoles = shareConsoles();

  it('skips to the content and moves between screens by keyboard', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.locator('main').evaluate((main) => main === document.activeElement)).toBe(true);

    await page.reload();
    await tabTo(page, /^Replies/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Replies' }).waitFor();
    await expect.poll(() => focusedName(page)).toBe('Replies');
  });

  it('says how many notices go out first before sending is switched on', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    const toggle = page.getByRole('switch', { name: 'Hand triggers to Postscript' });
    await toggle.focus();
    await page.keyboard.press('Space');
    const dialog = page.getByRole('dialog', { name: 'Switch sending on?' });
    await dialog.getByText('12 notices are due now and would go out first.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await toggle.isChecked()).toBe(false);
    await expect.poll(() => toggle.evaluate((input) => input === document.activeElement)).toBe(true);

    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Switch sending on' }).click();
    await page.getByText('Sending is on', { exact: true }).waitFor();
    // The dialog gives the focus back only once it is gone.
    await expect.poll(() => toggle.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('Space');
    await page.getByText('Sending is off', { exact: true }).waitFor();
  });

  it('releases the queue that the storm guard holds', async () => {
    const { page } = await consoles.open({ scenario: 'trouble', path: '/triggers' });
    await page.getByText('Sending is held', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Release and send' }).click();
    await page.getByText('Sending is on', { exact: true }).waitFor();
    expect(await page.getByText('Sending is held').count()).toBe(0);
  });

  it('tests a trigger: the exact request first, then the way to its delivery', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/triggers' });
    await page.getByRole('button', { name: 'Test Skipped Order' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test a trigger' });
    await dialog.getByLabel('Find a subscription').fill('Wilhelmina');
    await dialog
      .getByRole('radio', { name: /^Wilhelmina/ })
      .first()
      .check();
    await dialog.getByText('"type": "smartrr_order_skipped"').waitFor();
    await dialog.getByText('"subscription_id": "sub-5-1"').waitFor();
    await dialog.getByText('Postscript holds the live copy').waitFor();
    expect({ violations: await findViolations(page), isTooWide: await isTooWide(page) }).toEqual({
      violations: [],
      isTooWide: false,
    });
    await dialog.getByRole('radio', { name: 'One phone number' }).check();
    await dialog.getByRole('textbox', { name: 'Phone number' }).fill('123');
    // Somebody real is texted: the button waits for the number's last digits.
    await dialog.getByText('This texts somebody real').waitFor();
    expect(await dialog.getByRole('button', { name: 'Send the test' }).isEnabled()).toBe(false);
    await dialog.getByLabel('Type the last 4 digits').fill('123');
    await dialog.getByRole('button', { name: 'Send the test' }).click();
    await dialog.getByText('123 is not a phone number. Type it with its area code.').waitFor();
    await dialog.getByRole('textbox', { name: 'Phone number' }).fill('(212) 555-0100');
    await dialog.getByLabel('Type the last 4 digits').fill('0100');
    await dialog.getByRole('button', { name: 'Send the test' }).click();
    await dialog.getByRole('link', { name: 'delivery 137' }).click();
    await page.getByRole('dialog', { name: 'Delivery 137' }).getByText('Attempt 2').waitFor();
  });

  it('registers the triggers and says for each what Postscript answered', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/triggers' });
    await page.getByRole('button', { name: 'Register triggers' }).click();
    await page.getByText('Payment Method Failed: not accepted.').waitFor();
    expect(await page.getByText('1 trigger was not accepted.').isVisible()).toBe(true);
    expect(await page.getByText(': accepted.').count()).toBe(5);
  });

  it('finds a customer and opens one whose id has to be escaped', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/customers' });
    await page.getByLabel('Find a customer').fill('berg');
    await page.getByText('1 customer shown').waitFor();
    await page.getByRole('link', { name: /Tom Berg/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Tom Berg' }).waitFor();
    await page.getByText('The order was moved to another date.').first().waitFor();
    expect(new URL(page.url()).hash).toBe('#/customers/cust%2F7%20%C3%BC');
  });

  it('practises: starts, moves the clock, texts as a customer, and leaves', async () => {
    const { page, complaints } = await consoles.open({ scenario: 'first_start', path: '/', width: 1024, height: 700 });
    await page.getByRole('button', { name: 'Start the practice shop' }).click();
    const bar = page.getByRole('region', { name: 'Practice bar' });
    await bar.getByText('Mar 15, 2027, 11:20:00 AM EDT').waitFor();
    await bar.getByRole('button', { name: '+1 day' }).click();
    await bar.getByText('Mar 16, 2027, 11:20:00 AM EDT').waitFor();

    await bar.getByRole('button', { name: 'Phones' }).click();
    const phones = page.getByRole('complementary', { name: 'Practice phones' });
    await phones.getByRole('button', { name: /^Dana Whitfield/ }).click();
    await phones.getByText('Just reply SKIP').waitFor();
    await phones.getByLabel('Text as this customer').fill('<b>skip it</b>');
    await page.keyboard.press('Enter');
    await phones.getByText('<b>skip it</b>').waitFor();
    expect({ violations: await findViolations(page), isTooWide: await isTooWide(page) }).toEqual({
      violations: [],
      isTooWide: false,
    });
    await phones.getByRole('tab', { name: 'Platform events' }).click();
    await phones.getByText('Order skipped by API').first().waitFor();
    expect(await findViolations(page)).toEqual([]);
    await phones.getByRole('button', { name: 'Close the practice phones' }).click();
    expect(await focusedName(page)).toMatch(/^Phones/);

    await bar.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Welcome to Heads Up' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says since when its own program does not answer, and comes back by itself', async () => {
    const { page, host, bridge } = await consoles.open({ scenario: 'busy', path: '/' });
    await page.getByText('12 notices are due now').waitFor();
    await host.close();
    await page.getByText(/Heads Up does not answer since .+ E[DS]T/).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await bridge.handlers['sending.setOn']({ on: true });
    const again = await startFakeHost(consoles.folder, bridge, Number(new URL(host.url).port));
    try {
      await page.getByText('Sending is on', { exact: true }).waitFor();
      await page.getByText('Heads Up does not answer').waitFor({ state: 'detached' });
    } finally {
      await again.close();
    }
  });
});

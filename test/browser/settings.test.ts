import { expect, it } from 'vitest';
import { settingsSections } from '../../renderer/features/settings/sections.ts';
import { describeWithChromium } from '../helpers/chromium.ts';
import { findViolations, isTooWide, shareConsoles } from './open-console.ts';

const names = settingsSections.map(({ name, title }) => ({ name, title }));

describeWithChromium('the settings', () => {
  const consoles = shareConsoles();

  it.each(names)('shows $name, accessible in light and dark, wide or narrow', async ({ name, title }) => {
    const { page, complaints } = await consoles.visit({ scenario: 'busy', path: `/settings/${name}` });
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect({
      titles: await page.getByRole('heading', { level: 1 }).allTextContents(),
      violations: await findViolations(page),
      complaints,
    }).toEqual({ titles: [title], violations: [], complaints: [] });
    // 512 is a window of 1,024 at twice the size.
    for (const width of [1024, 512]) {
      await page.setViewportSize({ width, height: 700 });
      expect({ width, isTooWide: await isTooWide(page) }).toEqual({ width, isTooWide: false });
    }
  });

  it('keeps nothing after a refused key, and shows only the ending of an accepted one', async () => {
    const { page } = await consoles.open({ scenario: 'first_start', path: '/settings' });
    await page.getByText('Keys are kept safely.').waitFor();
    const key = page.getByLabel('Private key', { exact: false }).first();
    await key.fill('sk_wrong_0123456789');
    await page.getByRole('button', { name: 'Verify and save' }).first().click();
    await page.getByText('Postscript answered 401').waitFor();
    await page.getByText('Nothing was saved').waitFor();
    await key.fill('sk_right_0123456789abcd');
    await page.getByRole('button', { name: 'Verify and save' }).first().click();
    await page.getByText('key ending in abcd').waitFor();
    expect(await page.content()).not.toContain('sk_right');

    await page.getByRole('button', { name: 'Remove the Postscript connection' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByLabel('Private key', { exact: false }).first().waitFor();
  });

  it('keeps keys without a keyring only after it has said what that means, and takes that back with the keys', async () => {
    const { page, complaints } = await consoles.open({ scenario: 'trouble', path: '/settings/connections' });
    await page.getByText('Keys cannot be kept safely here').waitFor();
    await page.getByRole('button', { name: 'Keep keys here all the same' }).click();
    const accept = page.getByRole('dialog', { name: 'Keep keys without a keyring?' });
    await accept.getByText('send texts to your customers in your name').waitFor();
    const confirm = accept.getByRole('button', { name: 'Keep keys here' });
    expect(await confirm.isDisabled()).toBe(true);
    await accept.getByRole('checkbox', { name: 'I understand' }).check();
    expect(await findViolations(page)).toEqual([]);
    await confirm.click();
    await page.getByText('Keys are kept without protection').waitFor();
    await page.getByRole('button', { name: 'Stop keeping keys this way' }).click();
    const refuse = page.getByRole('dialog', { name: 'Remove the keys that are kept this way?' });
    await refuse.getByRole('button', { name: 'Remove the keys' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await refuse.getByRole('button', { name: 'Remove the keys' }).click();
    await page.getByText('Keys cannot be kept safely here').waitFor();
    expect(complaints).toEqual([]);
  });

  it('asks a service when it is told to, and says what it answered', async () => {
    const { page } = await consoles.open({ scenario: 'trouble', path: '/settings/connections' });
    await page.getByText('Deliveries wait and leave when Postscript answers again.').waitFor();
    await page.getByRole('button', { name: 'Test the Postscript connection' }).click();
    await page.getByText('Postscript answered 401.').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('shows the way of a text part by part, and waits for one from a phone', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/settings/replies' });
    await page.getByRole('button', { name: 'Register the webhook with Postscript' }).click();
    await page.getByText('Postscript knows the webhook.').waitFor();
    await page.getByRole('button', { name: 'Test with a sample' }).click();
    await page.getByText('Everything works from the inbox to this computer.').waitFor();
    expect(await page.getByText('works', { exact: true }).count()).toBe(4);
    await page.getByRole('button', { name: 'Test with my phone' }).click();
    await page.getByText('Send a text to your Postscript number now.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop the test' }).click();
    await page.getByText('Send a text to your Postscript number now.').waitFor({ state: 'detached' });
  });

  it('refuses settings that the contract refuses, at the field, and saves the others', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/settings/sending' });
    await page.getByLabel('Days before the order').fill('99');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByText('Use at most 30').waitFor();
    // The window opens after a day before the charge has begun.
    await page.getByLabel('Days before the order').fill('1');
    await page.getByText('at 11:00 AM EDT is less than 24 hours before it is charged').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByLabel('Days before the order').fill('5');
    await page.getByText('gets its notice on Mon, Mar 29, 2027 at 11:00 AM EDT, 5 days before').waitFor();
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel('Days before the order').inputValue()).toBe('5');
  });

  it('keeps what was typed and not saved over another page and a reload, and says so', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/settings/shop' });
    await page.getByLabel('Account page link').fill('http://fern.example');
    await page.getByRole('link', { name: 'Sending', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Sending' }).waitFor();
    await page.getByRole('link', { name: 'Shop not saved' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Shop not saved' }).click();
    await expect.poll(() => page.getByLabel('Account page link').inputValue()).toBe('http://fern.example');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByText('Use an address that starts with https://').waitFor();
    await page.getByRole('button', { name: 'Undo the changes' }).click();
    await expect.poll(() => page.getByLabel('Account page link').inputValue()).toBe('');
    await page.getByText('Everything is saved.').waitFor();
    expect(await page.getByText('not saved', { exact: true }).count()).toBe(0);
  });

  it('says what another time zone does to order dates before it is saved', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/settings/shop' });
    await page.getByRole('combobox', { name: 'Time zone' }).fill('tokyo');
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
    await page.getByText('Orders may get other dates').waitFor();
    await page.getByText(/It is .* GMT\+9 there now\./).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(await page.getByText('Orders may get other dates').count()).toBe(0);
  });
});

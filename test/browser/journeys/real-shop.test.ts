import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PracticeShop } from '../../../main/practice/practice-shop-types.ts';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { setUpShop, startSending } from './console-steps.ts';
import { startJourney, type Journey } from './journey.ts';
import { addressesOf, startServices } from './shop-services.ts';

/** The merchant's own shop on the computer's own clock; only the two services are simulated, in another process. */
describeWithChromium('a shop of its own', () => {
  let services: PracticeShop;
  let journey: Journey;

  beforeAll(async () => {
    services = await startServices(30);
    journey = await startJourney([], addressesOf(services));
  });
  afterAll(async () => {
    await journey.stop();
    await services.close();
  });

  /** What Postscript took in, by its own account. */
  const received = async () => (await services.control.ledger()).events;

  it('goes from the first start to the first accepted trigger', async () => {
    const { page } = journey;
    await setUpShop(page, services.credentials);
    // The first reading is silent, and nothing leaves before somebody says so.
    expect(await received()).toEqual([]);
    await startSending(page);

    await journey.goTo('Deliveries');
    const row = page.getByRole('row').filter({ hasText: 'Postscript accepted the trigger.' }).first();
    await row.waitFor();
    const [, name = ''] = /for (.+), Accepted/.exec((await row.getAttribute('aria-label')) ?? '') ?? [];
    const [customer] = await services.control.phones(name, 1);
    const events = (await received()).filter(({ customerId }) => customerId === customer?.customerId);
    expect(events).toEqual([
      expect.objectContaining({ eventType: 'smartrr_upcoming_order', wasAnswered: true, wasDropped: false }),
    ]);
    expect(journey.takeComplaints()).toEqual([]);
  });

  it('keeps the old key at work when the new one is wrong', async () => {
    const { page } = journey;
    const { postscriptKey } = services.credentials;
    await journey.goTo('Settings');
    await page.getByRole('button', { name: 'Replace the Postscript connection' }).click();
    await page.getByLabel('Private key').first().fill('sk_wrong00000000000000000000000000000');
    await page.getByRole('button', { name: 'Verify and save' }).first().click();
    await page.getByText('Nothing was saved', { exact: true }).waitFor();
    await page
      .getByText(/Postscript .*401/)
      .first()
      .waitFor();

    await page.reload();
    await page.getByText(`key ending in ${postscriptKey.slice(-4)}`).waitFor();
    const before = await received();
    await journey.goTo('Triggers');
    await page.getByRole('button', { name: 'Register triggers' }).click();
    await page.getByText(': accepted.').nth(5).waitFor();
    const since = (await received()).slice(before.length);
    expect(since.map(({ externalId }) => externalId?.split(':')[0])).toEqual(Array(6).fill('register'));
    expect(journey.takeComplaints()).toEqual([]);
  });

  it('restores a backup: the shop as it was, sending off, and nothing handed over twice', async () => {
    const { page } = journey;
    const rename = async (name: string): Promise<void> => {
      await page.getByRole('link', { name: 'Shop', exact: true }).click();
      await page.getByLabel('Shop name').fill(name);
      await page.getByRole('button', { name: 'Save the settings' }).click();
      await page.getByText('Saved.', { exact: true }).waitFor();
    };
    await journey.goTo('Settings');
    await rename('Fern before');
    await page.getByRole('link', { name: 'Backup', exact: true }).click();
    await page.getByRole('button', { name: 'Make a backup now' }).click();
    await page.getByRole('cell', { name: 'Made by hand' }).waitFor();
    await rename('Fern afterwards');
    await page.getByRole('banner').getByText('Fern afterwards').waitFor();
    const before = await received();

    await page.getByRole('link', { name: 'Backup', exact: true }).click();
    const made = page.getByRole('row').filter({ hasText: 'Made by hand' });
    await made.getByRole('button', { name: /^Restore the backup of/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore it' }).click();
    await page.getByText(/^A backup was restored on/).waitFor();
    await page.getByRole('banner').getByText('Fern before').waitFor();
    await page.getByRole('cell', { name: 'The database that a restore replaced' }).waitFor();
    await page.getByRole('banner').getByText('Sending is off').waitFor();
    await journey.goTo('Overview');
    await page.getByRole('switch', { name: 'Hand triggers to Postscript' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Switch sending on' }).click();
    await page.getByRole('banner').getByText('Sending is on').waitFor();
    await journey.goTo('Deliveries');
    await page.getByRole('row').nth(1).waitFor();
    expect(await received()).toEqual(before);
    expect(journey.takeComplaints()).toEqual([]);
  });

  it('says what to do when Heads Up was started again under an open page, and has lost nothing', async () => {
    const { page } = journey;
    const before = await received();
    await journey.restartHost();
    await page.getByText(/This tab is not signed in since/).waitFor();
    await page.getByText('Open it again from the address that it printed when it started.').first().waitFor();
    // Requests of the page met a closed door meanwhile.
    journey.takeComplaints();

    await page.goto(journey.host().link);
    await page.getByText('Sending is on', { exact: true }).waitFor();
    await journey.goTo('Deliveries');
    await page.getByText('Postscript accepted the trigger.').first().waitFor();
    expect(await received()).toEqual(before);
    expect(journey.takeComplaints()).toEqual([]);
  });
});

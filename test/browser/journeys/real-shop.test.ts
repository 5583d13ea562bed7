import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import type { PracticeShop } from '../../../main/practice/practice-shop-types.ts';
import { forkPracticeShop } from '../../../main/practice/remote-practice-shop.ts';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { startJourney, type Journey } from './journey.ts';

const worldEntry = new URL('../../../main/practice/world-process.ts', import.meta.url);

/** Where it is early afternoon now, whenever the tests run: inside the send window, and far from midnight. */
function findAfternoon(): string {
  const zones = ['Pacific/Honolulu', 'America/Los_Angeles', 'America/New_York', 'America/Sao_Paulo', 'Europe/Berlin'];
  zones.push('Asia/Dubai', 'Asia/Bangkok', 'Australia/Brisbane', 'Pacific/Auckland');
  const hourIn = (timeZone: string): number =>
    Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format());
  const zone = zones.toSorted((one, other) => Math.abs(hourIn(one) - 15) - Math.abs(hourIn(other) - 15))[0];
  if (zone === undefined) throw new Error('Expected a zone');
  return zone;
}

/** The merchant's own shop on the computer's own clock; only the two services are simulated, in another process. */
describeWithChromium('a shop of its own', () => {
  let services: PracticeShop;
  let journey: Journey;

  beforeAll(async () => {
    const timeZone = findAfternoon();
    services = await forkPracticeShop(
      {
        ...defaultPracticeOptions,
        customers: 30,
        startAt: Date.now(),
        timeZone,
        billingTimeZone: timeZone,
        isLively: false,
      },
      worldEntry,
    );
    journey = await startJourney([], {
      HEADS_UP_POSTSCRIPT_URL: services.urls.postscript,
      HEADS_UP_SMARTRR_URL: services.urls.smartrr,
    });
  });
  afterAll(async () => {
    await journey.stop();
    await services.close();
  });

  /** What Postscript took in, by its own account. */
  const received = async () => (await services.control.ledger()).events;

  it('goes from the first start to the first accepted trigger', async () => {
    const { page } = journey;
    await journey.goTo('Settings');
    await page.getByLabel('Private key').first().fill(services.credentials.postscriptKey);
    await page.getByRole('button', { name: 'Verify and save' }).first().click();
    await page.getByText(`key ending in ${services.credentials.postscriptKey.slice(-4)}`).waitFor();
    await page.getByLabel('API token').first().fill(services.credentials.smartrrToken);
    await page.getByRole('button', { name: 'Verify and save' }).first().click();
    await page.getByText(`key ending in ${services.credentials.smartrrToken.slice(-4)}`).waitFor();

    await journey.goTo('Overview');
    await page.getByText(/are due now/).waitFor();
    // The first reading is silent, and nothing leaves before somebody says so.
    expect(await received()).toEqual([]);
    await page.getByRole('switch', { name: 'Hand triggers to Postscript' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Switch sending on' }).click();
    await page.getByText('Sending is on', { exact: true }).waitFor();

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

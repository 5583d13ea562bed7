import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PracticeShop } from '../../../main/practice/practice-shop-types.ts';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { startJourney, type Journey } from './journey.ts';
import { addressesOf, connectInSettings, startServices, switchSendingOn } from './shop-services.ts';

describeWithChromium('many refused deliveries', () => {
  let services: PracticeShop;
  let journey: Journey;

  beforeAll(async () => {
    services = await startServices(200);
    journey = await startJourney([], addressesOf(services));
  });
  afterAll(async () => {
    await journey.stop();
    await services.close();
  });

  it('are sent again together, and stopped half-way; the account given is what Postscript received', async () => {
    const { page } = journey;
    await services.control.keepFault({
      kind: 'rejected',
      service: 'postscript',
      method: 'POST',
      pathIncludes: '/events',
    });
    await connectInSettings(journey, services);
    await switchSendingOn(journey);
    await journey.goTo('Deliveries');
    await page.getByLabel('State').selectOption('Refused');
    await expect
      .poll(() => page.getByRole('row').filter({ hasText: 'Refused' }).count(), {
        timeout: 20_000,
        message: 'a dozen refused deliveries',
      })
      .toBeGreaterThan(12);
    expect((await services.control.ledger()).events).toEqual([]);

    // Slow enough that a person can change their mind: one in two seconds.
    await journey.goTo('Settings');
    await page.getByRole('link', { name: 'Sending' }).click();
    await page.getByLabel('Triggers per second').fill('0.5');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await services.control.keepFault(null);

    await journey.goTo('Deliveries');
    await page.getByLabel('State').selectOption('Refused');
    await page.getByRole('button', { name: 'Resend…' }).click();
    const question = page.getByRole('dialog', { name: 'Resend what the filter shows?' });
    await question.getByRole('button', { name: /^Resend \d+ deliveries$/ }).click();
    await page.getByText(/^10 of \d+ so far\./).waitFor();
    await page.getByRole('button', { name: 'Stop, leave the rest alone' }).click();
    const account = page.getByText(/^10 of \d+ put in line, \d+ left alone\.$/);
    await account.waitFor();
    const [, total, left] = /^10 of (\d+) put in line, (\d+) left/.exec((await account.textContent()) ?? '') ?? [];
    expect(Number(total) - Number(left)).toBe(10);

    await journey.goTo('Settings');
    await page.getByRole('link', { name: 'Sending' }).click();
    await page.getByLabel('Triggers per second').fill('10');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    const received = async () => (await services.control.ledger()).events;
    await expect.poll(async () => (await received()).length, { timeout: 20_000, message: '10 events' }).toBe(10);
    await journey.goTo('Deliveries');
    await page.getByLabel('State').selectOption('Refused');
    await page.getByText(new RegExp(`^${left} deliveries`)).waitFor();
    expect(new Set((await received()).map(({ externalId }) => externalId)).size).toBe(10);
    expect(journey.takeComplaints()).toEqual([]);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { answerSkip, seeSkip, startPracticeShop, waitForNotice } from './console-steps.ts';
import { startJourney, type Journey } from './journey.ts';

/** The main job as a newcomer meets it, from the empty console on. */
describeWithChromium('the practice shop, from the first start to the confirmed skip', () => {
  let journey: Journey;
  let customer = '';

  beforeAll(async () => {
    journey = await startJourney([]);
  });
  afterAll(() => journey.stop());

  it('starts the practice shop from the empty console', async () => {
    const { page } = journey;
    await startPracticeShop(page);
    expect(await page.getByText('Feb 22, 2027').count()).toBeGreaterThan(0);
  });

  it('moves the clock a day, and texts arrive on phones', async () => {
    customer = await waitForNotice(journey.page);
    expect(customer).not.toBe('');
  });

  it('skips that order when the customer answers SKIP, and confirms the new date on the phone', async () => {
    const { page } = journey;
    const newDate = await answerSkip(page);
    expect(newDate).not.toBe('');
    await seeSkip(page, customer, newDate);
  });

  it('shows one line for each decision with its reason', async () => {
    const { page } = journey;
    await page.getByRole('link', { name: customer, exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: customer }).waitFor();
    await page.getByText('Queued for Postscript.').first().waitFor();
    const log = (await page.getByRole('main').textContent()) ?? '';
    for (const line of [
      'Queued for Postscript.',
      'Postscript accepted the trigger.',
      'Skipping the order on the platform.',
      'The order was skipped and the platform confirmed it.',
      'Upcoming Order',
      'Skipped Order',
    ]) {
      expect(log).toContain(line);
    }
  });

  it('answers why a customer got nothing, from a part of the name to the sentence', async () => {
    const { page } = journey;
    await journey.goTo('Customers');
    // The order was a day away when the practice began: too late for a notice.
    await page.getByLabel('Find a customer').fill('tomor');
    await page.getByRole('link', { name: /Tom Tomorrow/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Tom Tomorrow' }).waitFor();
    await page.getByText('Too little time was left before the order is charged.').first().waitFor();
    await page.getByText('Upcoming Order').first().waitFor();
    expect(journey.takeComplaints()).toEqual([]);
  });

  it('ends with exit code 0 on Ctrl+C', async () => {
    expect(await journey.host().interrupt()).toBe(0);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { tabTo } from '../keyboard.ts';
import { startJourney, type Journey } from './journey.ts';

describeWithChromium('the keyboard alone', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney([]);
  });
  afterAll(() => journey.stop());

  /** Tab until it has the focus, then Enter. */
  async function choose(name: RegExp): Promise<void> {
    await tabTo(journey.page, name);
    await journey.page.keyboard.press('Enter');
  }

  it('goes from the first start through practice and SKIP to the decision', async () => {
    const { page } = journey;
    await choose(/^Start the practice shop$/);
    await page.getByRole('button', { name: '+1 day' }).waitFor();
    await choose(/^\+1 day$/);
    await page.getByText('Feb 23, 2027').first().waitFor();

    await choose(/^Phones/);
    await page.getByRole('button').filter({ hasText: 'Just reply SKIP' }).first().waitFor();
    await choose(/Just reply SKIP/);
    const phones = page.getByRole('complementary');
    const customer = (await phones.getByRole('heading', { level: 3 }).textContent()) ?? '';
    await tabTo(page, /^Text as this customer$/);
    await page.keyboard.type('skip please');
    await page.keyboard.press('Enter');
    await phones.getByText(/Confirmed! Your upcoming subscription will be skipped/).waitFor();

    await choose(/^Replies/);
    await page.getByRole('heading', { level: 1, name: 'Replies' }).waitFor();
    await page.getByText('The order was skipped and the platform confirmed it.').first().waitFor();
    await choose(new RegExp(`^${customer}$`));
    await page.getByRole('heading', { level: 1, name: customer }).waitFor();
    await page.getByText('The order was skipped and the platform confirmed it.').first().waitFor();
    expect(journey.takeComplaints()).toEqual([]);
  });
});

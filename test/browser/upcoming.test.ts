import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import type { Scenario } from '../renderer/fake-connections.ts';
import { findViolations, shareConsoles } from './open-console.ts';

type Place = Readonly<{ scenario: Scenario; path: string; settled: string }>;

const places: readonly Place[] = [
  { scenario: 'busy', path: '/upcoming', settled: '50 orders shown' },
  { scenario: 'busy', path: '/upcoming?order=sub-1', settled: 'The Upcoming Order trigger and its copy' },
  { scenario: 'busy', path: '/upcoming?q=nobody', settled: 'No order matches' },
  { scenario: 'quiet', path: '/upcoming', settled: 'Orders appear here as soon as that is done.' },
  { scenario: 'first_start', path: '/upcoming', settled: 'No orders are known yet' },
  { scenario: 'busy', path: '/missed', settled: '7 missed notices shown' },
  { scenario: 'quiet', path: '/missed', settled: 'No notice was missed' },
];

describeWithChromium('what is to come', () => {
  const consoles = shareConsoles();

  it.each(places)('shows $scenario $path, accessible in light and dark', async ({ scenario, path, settled }) => {
    const { page, complaints } = await consoles.visit({ scenario, path });
    await page.getByText(settled).first().waitFor();
    expect({ violations: await findViolations(page), complaints }).toEqual({ violations: [], complaints: [] });
  });

  it('opens an order by keyboard, and gives the focus back to its row', async () => {
    const { page } = await consoles.open({ scenario: 'practice', path: '/upcoming' });
    const row = page.getByRole('table').getByRole('button', { name: 'Marcus Oyelaran' }).first();
    await row.focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByText(/It goes out Mar 15, .* EDT, unless the order changes/)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Marcus Oyelaran');
  });

  it('says what would go while sending is off', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/upcoming?order=sub-1' });
    await page.getByRole('dialog').getByText('if sending were on').waitFor();
    expect(await page.getByText('Sending is off, so nothing goes out.').isVisible()).toBe(true);
  });

  it('shows what other settings would change before they are saved, and discards or saves them', async () => {
    const { page, bridge } = await consoles.open({ scenario: 'practice', path: '/upcoming' });
    const leadDays = async (): Promise<unknown> => {
      const answer = await bridge.handlers['settings.get']({});
      return answer.ok && answer.value.leadDays;
    };
    const openTrial = () => page.getByRole('button', { name: 'Try other settings' }).click();
    await openTrial();
    await page.getByText('These are the saved settings.').waitFor();
    await page.getByLabel('Days before the order').fill('45');
    await page.getByText('Use at most 30').waitFor();
    await page.getByLabel('Days before the order').fill('2');
    await page.getByText('1,012 notices go out at another time.').waitFor();
    await page.getByText('Nobody is noticed twice').waitFor();
    await page.getByRole('button', { name: 'Show as a table' }).click();
    await page.getByRole('columnheader', { name: 'With the tried settings' }).waitFor();
    expect({ violations: await findViolations(page), saved: await leadDays() }).toEqual({ violations: [], saved: 3 });

    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('columnheader', { name: 'With the tried settings' }).waitFor({ state: 'detached' });
    expect(await leadDays()).toBe(3);

    await openTrial();
    await page.getByLabel('Days before the order').fill('5');
    await page.getByRole('button', { name: 'Save these settings' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect(await leadDays()).toBe(5);
  });

  it('keeps the filters in the address, and a day of the chart leads to its notices', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    await page.getByRole('button', { name: 'Show as a table' }).click();
    await page.getByRole('link', { name: 'Wed, Mar 17, 2027' }).click();
    await page.getByRole('button', { name: 'Only Wed, Mar 17, 2027: show every day' }).waitFor();
    await page.getByText('Will not', { exact: true }).click();
    await expect.poll(() => page.url()).toContain('show=will_not');
    expect(await page.getByRole('table').getByText('Will go', { exact: true }).count()).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Only Wed, Mar 17, 2027: show every day' }).click();
    await page.getByLabel('Find a customer').fill('priya');
    await expect.poll(() => page.url()).toContain('q=priya');
    await page.goBack();
    await page.getByRole('heading', { name: 'Upcoming', level: 1 }).waitFor();
  });

  it('leads from every need of the overview to the one place that settles it', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/' });
    const needs = page.getByRole('region', { name: 'Needs a person' }).getByRole('link');
    await needs.first().waitFor();
    const addresses = (await needs.all()).map((link) => link.getAttribute('href'));
    expect(await Promise.all(addresses)).toEqual([
      '#/deliveries?state=unknown',
      '#/replies?needs=person',
      '#/deliveries?state=failed',
      '#/missed',
    ]);
    await needs.last().click();
    await page.getByRole('link', { name: 'Dana Whitfield' }).click();
    await page.getByRole('heading', { name: 'Dana Whitfield', level: 1 }).waitFor();
  });
});

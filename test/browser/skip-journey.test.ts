import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithChromium, findChromium } from '../helpers/chromium.ts';
import { startConsoleProcess, type ConsoleProcess } from '../helpers/console-process.ts';

/** The main job as a newcomer meets it: the real host, engine and simulators behind a real Chromium. */
describeWithChromium('the practice shop, from the first start to the confirmed skip', () => {
  let host: ConsoleProcess;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  let customer = '';

  beforeAll(async () => {
    host = await startConsoleProcess([]);
    browser = await chromium.launch({
      executablePath: findChromium() ?? '',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // Shorter than the test's own limit, so that a failure names what it waited for.
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(host.link);
  });

  afterAll(async () => {
    await browser.close();
    await host.interrupt();
    host.remove();
  });

  it('starts the practice shop from the empty console', async () => {
    await page
      .getByRole('button', { name: /start the practice shop/i })
      .first()
      .click();
    await page.getByText('Fern & Fable Coffee').first().waitFor();
    await page.getByRole('button', { name: '+1 day' }).waitFor();
    expect(await page.getByText('Feb 22, 2027').count()).toBeGreaterThan(0);
  });

  it('moves the clock a day, and texts arrive on phones', async () => {
    await page.getByRole('button', { name: 'Phones' }).click();
    const advance = page.getByRole('button', { name: '+1 day' });
    await advance.click();
    const phone = page.getByRole('button').filter({ hasText: 'Just reply SKIP' }).first();
    await phone.waitFor();
    await expect.poll(() => advance.isEnabled(), { timeout: 20_000 }).toBe(true);
    await phone.click();
    customer = (await page.getByRole('complementary').getByRole('heading', { level: 3 }).textContent()) ?? '';
    expect(customer).not.toBe('');
    await page.getByRole('complementary').getByText('Just reply SKIP').waitFor();
  });

  it('skips that order when the customer answers SKIP, and confirms the new date on the phone', async () => {
    await page.getByRole('button', { name: 'Answer SKIP' }).click();
    const confirmation = page.getByText(/Confirmed! Your upcoming subscription will be skipped/);
    await confirmation.waitFor({ timeout: 20_000 });
    const [, newDate] = /next order will be on (\w+ \d+, \d{4})/.exec((await confirmation.textContent()) ?? '') ?? [];
    expect(newDate).toBeDefined();

    await page.getByRole('tab', { name: 'Platform events' }).click();
    await page.getByRole('listitem').filter({ hasText: customer }).filter({ hasText: /skip/i }).first().waitFor();

    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Replies/ })
      .click();
    const reply = page.getByText('The order was skipped and the platform confirmed it.').first();
    await reply.waitFor();
    await page.getByText(`The next order is on ${newDate}.`).first().waitFor();
  });

  it('shows one line for each decision with its reason', async () => {
    await page.getByRole('link', { name: customer }).first().click();
    await page.getByRole('heading', { level: 1, name: customer }).waitFor();
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
    expect(complaints).toEqual([]);
  });

  it('ends with exit code 0 on Ctrl+C', async () => {
    expect(await host.interrupt()).toBe(0);
  });
});

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PracticeCredentials } from '../../../main/practice/practice-shop-types.ts';
import { contract } from '../../../shared/ipc/contract.ts';

/** What a person does in the console, the same in each host: a browser's tab or the desktop app's window. */

const stepMs = { '+1 hour': 3_600_000, '+1 day': 86_400_000 } as const;

export type PracticeStep = keyof typeof stepMs;

/** One choice of the navigation on the left. */
export async function goTo(page: Page, screen: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: new RegExp(`^${screen}`) })
    .click();
}

/** From the empty console. */
export async function startPracticeShop(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /start the practice shop/i })
    .first()
    .click();
  await page.getByText('Fern & Fable Coffee').first().waitFor();
  await page.getByRole('button', { name: '+1 day' }).waitFor();
}

/** Moves practice time, and waits until everything that belongs to it has happened. */
export async function passPracticeTime(page: Page, step: PracticeStep): Promise<void> {
  const target = (await readPractice(page, '')).now + stepMs[step];
  const advance = page.getByRole('button', { name: step });
  await advance.click();
  const now = async (): Promise<number> => (await readPractice(page, '')).now;
  await expect.poll(now, { timeout: 20_000, message: `practice time ${step}` }).toBe(target);
  await expect.poll(() => advance.isEnabled(), { timeout: 20_000, message: `the end of ${step}` }).toBe(true);
}

/** Opens the phone of somebody who got a notice a day later, and says whose it is. */
export async function waitForNotice(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Phones' }).click();
  await passPracticeTime(page, '+1 day');
  const phone = page.getByRole('button').filter({ hasText: 'Just reply SKIP' }).first();
  await phone.waitFor();
  await phone.click();
  await page.getByRole('complementary').getByText('Just reply SKIP').waitFor();
  return (await page.getByRole('complementary').getByRole('heading', { level: 3 }).textContent()) ?? '';
}

/** Answers on the open phone, and returns the date of the next order as the confirmation there names it. */
export async function answerSkip(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Answer SKIP' }).click();
  const confirmation = page.getByText(/Confirmed! Your upcoming subscription will be skipped/);
  await confirmation.waitFor();
  const [, newDate = ''] =
    /next order will be on (\w+ \d+, \d{4})/.exec((await confirmation.textContent()) ?? '') ?? [];
  return newDate;
}

/** That the order of that customer was skipped on the platform, and what Replies says about it. */
export async function seeSkip(page: Page, customer: string, newDate: string): Promise<void> {
  await page.getByRole('tab', { name: 'Platform events' }).click();
  await page.getByRole('listitem').filter({ hasText: customer }).filter({ hasText: /skip/i }).first().waitFor();
  await goTo(page, 'Replies');
  await page.getByText('The order was skipped and the platform confirmed it.').first().waitFor();
  await page.getByText(`The next order is on ${newDate}.`).first().waitFor();
}

/** From the welcome through the whole set-up, up to the step that asks whether sending may begin. */
export async function setUpShop(page: Page, credentials: PracticeCredentials): Promise<void> {
  const { postscriptKey, smartrrToken } = credentials;
  const go = (name: string) => page.getByRole('link', { name, exact: true }).click();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page
    .getByRole('link', { name: /set up/i })
    .first()
    .click();
  await press('Set up my shop');
  await page.getByLabel('Private key').and(page.locator('input')).fill(postscriptKey);
  await press('Verify and save');
  await page.getByText(postscriptKey.slice(-4), { exact: true }).waitFor();
  await go('Continue');
  await page.getByLabel('API token').and(page.locator('input')).fill(smartrrToken);
  await press('Verify and save');
  await page.getByText(smartrrToken.slice(-4), { exact: true }).waitFor();
  await go('Continue');
  await press('Save and continue');
  await page.getByText('Your subscriptions are known').waitFor();
  await press('Continue');
  await page.getByText(/due now and would go out first/).waitFor();
  await press('Continue');
  await page.getByText(/due now and would go out first/).waitFor();
}

/** The last step of the set-up, and on to the overview. */
export async function startSending(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start sending', exact: true }).click();
  await page.getByText('Sending is on', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: 'Finish', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Heads Up is set up' }).waitFor();
  await page.getByRole('link', { name: 'Open the overview', exact: true }).click();
}

/** Asks past the screens, so that they are held against something that they have not drawn themselves. */
export async function readPractice(page: Page, search: string) {
  const answer: unknown = await page.evaluate(
    async ([channel, input]) => {
      const { bridge } = globalThis as { bridge?: { invoke: (name: string, input: unknown) => Promise<unknown> } };
      if (bridge !== undefined) return ((await bridge.invoke(channel, input)) as { value: unknown }).value;
      const headers = {
        'content-type': 'application/json',
        'X-Heads-Up-Page': localStorage.getItem('heads-up-page') ?? '',
      };
      const response = await fetch('api/call', { method: 'POST', headers, body: JSON.stringify({ channel, input }) });
      return ((await response.json()) as { value: unknown }).value;
    },
    ['practice.get', { search }] as const,
  );
  return contract['practice.get'].output.parse(answer);
}

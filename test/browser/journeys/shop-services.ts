import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import type { PracticeShop } from '../../../main/practice/practice-shop-types.ts';
import { forkPracticeShop } from '../../../main/practice/remote-practice-shop.ts';
import type { Journey } from './journey.ts';

const worldEntry = new URL('../../../main/practice/world-process.ts', import.meta.url);

/** Around the world in steps of at most three hours. */
const zones =
  'Pacific/Honolulu America/Los_Angeles America/New_York America/Sao_Paulo Europe/Berlin Asia/Dubai Asia/Bangkok Australia/Brisbane Pacific/Auckland'.split(
    ' ',
  );

function hourIn(timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format());
}

/** Where it is early afternoon now, whenever the tests run: inside the send window, and far from midnight. */
function findAfternoon(): string {
  const [zone] = zones.toSorted((one, other) => Math.abs(hourIn(one) - 15) - Math.abs(hourIn(other) - 15));
  if (zone === undefined) throw new Error('Expected a zone');
  return zone;
}

/** Smartrr and Postscript in a process of their own, for a shop that is not in practice. Nothing happens by itself. */
export function startServices(customers: number): Promise<PracticeShop> {
  const timeZone = findAfternoon();
  return forkPracticeShop(
    {
      ...defaultPracticeOptions,
      customers,
      startAt: Date.now(),
      timeZone,
      billingTimeZone: timeZone,
      isLively: false,
    },
    worldEntry,
  );
}

/** Where a host finds them. */
export function addressesOf({ urls }: PracticeShop): Record<string, string> {
  return { HEADS_UP_POSTSCRIPT_URL: urls.postscript, HEADS_UP_SMARTRR_URL: urls.smartrr };
}

/** Both keys, typed into the settings. */
export async function connectInSettings({ page }: Journey, { credentials }: PracticeShop): Promise<void> {
  await page.goto(new URL('#/settings/connections', page.url()).href);
  await page.getByLabel('Private key').first().fill(credentials.postscriptKey);
  await page.getByRole('button', { name: 'Verify and save' }).first().click();
  await page.getByText(`key ending in ${credentials.postscriptKey.slice(-4)}`).waitFor();
  await page.getByLabel('API token').first().fill(credentials.smartrrToken);
  await page.getByRole('button', { name: 'Verify and save' }).first().click();
  await page.getByText(`key ending in ${credentials.smartrrToken.slice(-4)}`).waitFor();
}

/** Switches sending on, once the first reading has found something to send. */
export async function switchSendingOn({ page, goTo }: Journey): Promise<void> {
  await goTo('Overview');
  await page
    .getByText(/due now/)
    .first()
    .waitFor();
  await page.getByRole('switch', { name: 'Hand triggers to Postscript' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Switch sending on' }).click();
  await page.getByText('Sending is on', { exact: true }).first().waitFor();
}

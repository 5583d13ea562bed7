import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { findViolations, isTooWide, type OpenedConsole, shareConsoles } from './open-console.ts';

async function expectSound(page: Page): Promise<void> {
  expect({ violations: await findViolations(page), isTooWide: await isTooWide(page) }).toEqual({
    violations: [],
    isTooWide: false,
  });
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Connects both services behind the page, which shows it, and goes to a step. */
async function goTo(opened: OpenedConsole, path: string): Promise<Page> {
  const { page, bridge } = opened;
  await bridge.handlers['connections.savePostscriptKey']({ key: 'sk_right_0123456789abcd' });
  await bridge.handlers['connections.saveSmartrrToken']({ token: 'right-token-efgh' });
  await page.getByRole('link', { name: /^Smartrr ?, done$/ }).waitFor();
  await page.goto(page.url().replace(/#.*/, `#${path}`));
  return page;
}

describeWithChromium('the first run', () => {
  const consoles = shareConsoles();

  it('goes from nothing to the first accepted trigger, accessible at every step', async () => {
    const { page, bridge, complaints } = await consoles.open({ scenario: 'first_start', path: '/setup' });
    await heading(page, 'Set up Heads Up').waitFor();
    await page.getByText('It has to be running for that.').waitFor();
    expect(await page.getByRole('navigation', { name: 'Screens' }).count()).toBe(0);
    await expectSound(page);
    await page.getByRole('button', { name: 'Set up my shop' }).click();

    await heading(page, 'Connect Postscript').waitFor();
    await page.getByLabel(/^Private key/).fill('sk_wrong_0123456789');
    await page.getByRole('button', { name: 'Verify and save' }).click();
    await page.getByText('Copy the private key again.').waitFor();
    await expectSound(page);
    expect(await page.getByRole('link', { name: 'Continue' }).count()).toBe(0);
    await page.getByLabel(/^Private key/).fill('sk_right_0123456789abcd');
    await page.getByRole('button', { name: 'Verify and save' }).click();
    await page.getByText('Fern & Fable', { exact: true }).waitFor();
    expect(await page.content()).not.toContain('sk_right');
    await page.getByRole('link', { name: 'Continue' }).click();

    await heading(page, 'Connect Smartrr').waitFor();
    await page.getByLabel(/^API token/).fill('right-token-efgh');
    await page.getByRole('button', { name: 'Verify and save' }).click();
    await page.getByText('fern-and-fable.myshopify.com').waitFor();
    await expectSound(page);
    await page.getByRole('link', { name: 'Continue' }).click();

    await heading(page, 'When customers hear about an order').waitFor();
    await page.getByLabel('Days before the order').fill('5');
    await page.getByText('gets its notice on Mon, Mar 29, 2027 at 11:00 AM EDT, 5 days before').waitFor();
    await page.getByLabel('Account page link').fill('fern.example');
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.getByText('Use an address that starts with https://').waitFor();
    await page.getByLabel('Account page link').fill('https://fern.example/account');
    await expectSound(page);
    await page.getByRole('button', { name: 'Save and continue' }).click();

    await heading(page, 'The first reading').waitFor();
    await page.getByText('620 of 1,530 subscriptions read.').waitFor();
    await page.getByRole('progressbar', { name: 'Subscriptions read' }).waitFor();
    await expectSound(page);
    await bridge.handlers['sync.run']({});
    await page.getByText('1,284 customers with 1,530 active subscriptions.').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();

    await heading(page, 'What will be sent').waitFor();
    await page.getByText('12 notices are due now and would go out first.').waitFor();
    expect(await page.getByRole('row').count()).toBe(15);
    await expectSound(page);
    await page.getByRole('button', { name: 'Continue' }).click();

    await heading(page, 'Start sending').waitFor();
    await page.getByLabel('Your phone number').fill('123');
    await page.getByRole('button', { name: 'Send the test' }).click();
    await page.getByText('123 is not a phone number.').waitFor();
    await page.getByLabel('Your phone number').fill('(212) 555-0100');
    await page.getByRole('button', { name: 'Send the test' }).click();
    await page.getByRole('link', { name: 'delivery 137' }).waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: 'Start sending' }).click();
    await page.getByRole('heading', { name: 'Sending is on' }).waitFor();
    await page.getByRole('link', { name: 'Finish' }).click();

    await heading(page, 'Heads Up is set up').waitFor();
    await page.getByRole('link', { name: 'Set up the inbox' }).waitFor();
    await expectSound(page);
    await page.getByRole('link', { name: 'see it in the log' }).click();
    await page.getByRole('dialog', { name: 'Delivery 137' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('lets nobody on to a step that would send him back', async () => {
    const { page, bridge } = await consoles.open({ scenario: 'first_start', path: '/setup/postscript' });
    await heading(page, 'Connect Postscript').waitFor();
    const answerSetUp = bridge.handlers['setup.get'];
    const isAwaited = Promise.withResolvers<undefined>();
    bridge.handlers['setup.get'] = async (input) => {
      await isAwaited.promise;
      return answerSetUp(input);
    };
    await page.getByLabel(/^Private key/).fill('sk_right_0123456789abcd');
    await page.getByRole('button', { name: 'Verify and save' }).click();
    await page.getByText('Fern & Fable', { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Continue' }).count()).toBe(0);
    isAwaited.resolve(undefined);
    await page.getByRole('link', { name: 'Continue' }).click();
    await heading(page, 'Connect Smartrr').waitFor();
  });

  it('comes back to the step that is open, and lets each be gone back to', async () => {
    const opened = await consoles.open({ scenario: 'first_start', path: '/setup' });
    await opened.bridge.handlers['setup.confirm']({ step: 'timing' });
    const page = await goTo(opened, '/setup');
    await heading(page, 'The first reading').waitFor();
    await page.reload();
    await heading(page, 'The first reading').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await heading(page, 'When customers hear about an order').waitFor();
    await page.getByRole('link', { name: /^Postscript ?, done$/ }).click();
    await heading(page, 'Connect Postscript').waitFor();
    await page.getByText('abcd', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Use another private key' }).click();
    await page.getByLabel(/^Private key/).waitFor();
    await expectSound(page);
    await page.getByRole('link', { name: /^Leave the set-up/ }).click();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/');
  });

  it('lets nobody past a connection that is missing', async () => {
    const { page } = await consoles.open({ scenario: 'first_start', path: '/setup/sending' });
    await heading(page, 'Set up Heads Up').waitFor();
    expect(await page.getByRole('link', { name: /When to text/ }).count()).toBe(0);
  });

  it('may leave sending off, and says so at the end', async () => {
    const page = await goTo(await consoles.open({ scenario: 'first_start', path: '/setup' }), '/setup/sending');
    await page.getByRole('button', { name: 'Leave it off for now' }).click();
    await page.getByText('nothing is handed to Postscript.').waitFor();
    await expectSound(page);
    await page.getByRole('link', { name: 'Start sending', exact: true }).last().click();
    await page.getByRole('button', { name: 'Start sending' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/setup/sending');
  });

  it('is not for the practice shop, and offers the way out of it', async () => {
    const { page } = await consoles.open({ scenario: 'practice', path: '/setup' });
    await page.getByText('Your own shop is set up outside of it.').waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: 'Leave it and set up my shop' }).click();
    await page.getByRole('button', { name: 'Set up my shop', exact: true }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/setup/welcome');
  });

  it.each(['welcome', 'postscript', 'smartrr', 'timing', 'sync', 'forecast', 'sending', 'end'])(
    'fits the step %s into 1,024 pixels at twice the size, in dark',
    async (place) => {
      const narrow = { colorScheme: 'dark', width: 512, height: 700 } as const;
      const opened = await consoles.open({ scenario: 'first_start', path: '/setup', ...narrow });
      const page = await goTo(opened, `/setup/${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await expectSound(page);
      expect({ hash: new URL(page.url()).hash, complaints: opened.complaints }).toEqual({
        hash: `#/setup/${place}`,
        complaints: [],
      });
    },
  );
});

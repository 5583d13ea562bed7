import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { startJourney, type Journey } from './journey.ts';

const notice = /Just reply SKIP/;

describeWithChromium('trouble with Postscript', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(['--practice']);
  });
  afterAll(() => journey.stop());

  async function noticesOn(name: string): Promise<number> {
    return (await journey.textsTo(name)).filter((text) => notice.test(text)).length;
  }

  /** Customers of the practice shop send STOP, too; the simulated Postscript then texts them no more. */
  async function isSubscribed(name: string): Promise<boolean> {
    return (await journey.textsTo(name)).every((text) => !text.includes('You are unsubscribed'));
  }

  /** Opens the newest delivery to a subscribed customer that has no clear answer, and says whose it is. */
  async function openUnknown(): Promise<string> {
    const { page } = journey;
    await journey.goTo('Overview');
    await page.getByRole('link', { name: 'Check with Postscript' }).click();
    const rows = page.getByRole('row', { name: /^Upcoming Order for .+, Check with Postscript$/ });
    await rows.first().waitFor();
    for (const row of await rows.all()) {
      const [, name = ''] = /for (.+), Check/.exec((await row.getAttribute('aria-label')) ?? '') ?? [];
      if (!(await isSubscribed(name))) continue;
      await row.click();
      await page.getByRole('dialog').getByText('Postscript may or may not have it').waitFor();
      return name;
    }
    throw new Error('Expected a delivery to a subscribed customer that has no clear answer');
  }

  it('leaves what got no clear answer to a person, who marks one as accepted and resends another', async () => {
    const { page } = journey;
    await page.getByLabel('Trouble').selectOption('Postscript gives no answer');
    await journey.pass('+1 day');
    await page.getByLabel('Trouble').selectOption('No trouble');

    const marked = await openUnknown();
    expect(await noticesOn(marked)).toBe(1);
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as accepted' }).click();
    await page.getByRole('dialog').getByText('A person checked with Postscript').waitFor();
    await page.keyboard.press('Escape');

    const resent = await openUnknown();
    expect(resent).not.toBe(marked);
    await page.getByRole('dialog').getByRole('button', { name: 'Resend' }).click();
    await page.getByRole('dialog', { name: 'Resend it?' }).getByRole('button', { name: 'Resend' }).click();
    await page.getByText('A person asked for it to be sent again.').first().waitFor();
    await page.keyboard.press('Escape');
    // The practice day ended at ten: an hour until the send window opens, and a minute until the automation texts.
    await journey.pass('+1 hour');
    await journey.pass('+1 hour');
    // The simulated Postscript had taken the first one in, and does not drop the repeat.
    expect(await noticesOn(resent)).toBe(2);
    expect(await noticesOn(marked)).toBe(1);
    expect(journey.takeComplaints()).toEqual([]);
  });
});

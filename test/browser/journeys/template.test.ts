import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { startJourney, type Journey } from './journey.ts';

describeWithChromium('the text of a trigger', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(['--practice']);
  });
  afterAll(() => journey.stop());

  it('is written with a wrong tag, mended with one key, copied, and confirmed as pasted', async () => {
    const { page } = journey;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await journey.goTo('Triggers');
    await page.getByRole('link', { name: 'Upcoming Order' }).click();
    await page.getByRole('heading', { level: 1, name: 'Upcoming Order' }).waitFor();
    await page.getByRole('tab', { name: 'Template' }).click();
    const copy = page.getByRole('textbox', { name: 'Copy' });
    await copy.fill('{shop_name}: Hi {frist_name}, your box ships on {order_date}. Reply SKIP to skip it.');
    await page.getByText('There is no tag {frist_name}. Did you mean {first_name}?').waitFor();
    await page.getByText('Not saved yet. With its problems it is saved as a draft.').waitFor();

    await copy.press('Alt+Enter');
    const mended = '{shop_name}: Hi {first_name}, your box ships on {order_date}. Reply SKIP to skip it.';
    expect(await copy.inputValue()).toBe(mended);
    await page.getByText('Ready', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy for Postscript' }).click();
    await page.getByText('Copied. Confirm when it is pasted.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(mended);
    await page.getByRole('button', { name: 'I pasted it' }).click();
    await page.getByText('Saved, and as you pasted it into Postscript.').waitFor();

    await page.reload();
    await page.getByText('Saved, and as you pasted it into Postscript.').waitFor();
    expect(await copy.inputValue()).toBe(mended);
    expect(journey.takeComplaints()).toEqual([]);
  });
});

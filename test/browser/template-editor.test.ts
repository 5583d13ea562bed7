import { expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { describeWithChromium } from '../helpers/chromium.ts';
import { findViolations, isTooWide, shareConsoles } from './open-console.ts';

const path = '/triggers/upcoming_order?tab=template';
const wrong = 'Hi {frist_name} — your box ships on {order_date}. Reply STOP to skip';

function copyOf(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Copy' });
}

describeWithChromium('the template editor', () => {
  const consoles = shareConsoles();

  async function openEditor(scenario: 'busy' | 'quiet' = 'busy') {
    const opened = await consoles.open({ scenario, path });
    await copyOf(opened.page).waitFor();
    await opened.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    return opened;
  }

  it('has nothing for axe to find, the list of tags open or not', async () => {
    const { page, complaints } = await consoles.open({ scenario: 'busy', path });
    await copyOf(page).fill(wrong);
    await page.getByText('1 character needs Unicode').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await copyOf(page).press('{');
    await page.getByRole('listbox', { name: 'Tags' }).waitFor();
    expect({ violations: await findViolations(page), complaints }).toEqual({ violations: [], complaints: [] });
    for (const width of [1024, 512]) {
      await page.setViewportSize({ width, height: 700 });
      expect({ width, isTooWide: await isTooWide(page) }).toEqual({ width, isTooWide: false });
    }
  });

  it('inserts a tag by keyboard alone, and the browser’s undo takes it back', async () => {
    const { page } = await openEditor();
    await copyOf(page).fill('Hi ');
    await copyOf(page).press('{');
    const list = page.getByRole('listbox', { name: 'Tags' });
    expect(await list.getByRole('option').count()).toBe(9);
    expect(await list.getByRole('option', { name: '{retry_num}' }).count()).toBe(0);
    await page.keyboard.press('ArrowDown');
    expect(await list.getByRole('option', { selected: true }).textContent()).toContain('{first_name}');
    await page.keyboard.press('Enter');
    expect(await copyOf(page).inputValue()).toBe('Hi {first_name}');
    await page.keyboard.press('Control+z');
    expect(await copyOf(page).inputValue()).toBe('Hi {');

    await copyOf(page).fill('');
    await page.keyboard.type('{titl');
    await page.keyboard.press('Tab');
    expect(await copyOf(page).inputValue()).toBe('{product_titles}');
    await page.keyboard.press('{');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await copyOf(page).inputValue()).toBe('{product_titles}{');
    await page.keyboard.press('Backspace');
    await page.getByRole('button', { name: 'Insert a tag' }).click();
    await list.getByRole('option', { name: '{shop_link}' }).click();
    expect(await copyOf(page).inputValue()).toBe('{product_titles}{shop_link}');
  });

  it('names what is wrong with the nearest tag, and mends it with one key or a button', async () => {
    const { page } = await openEditor();
    await copyOf(page).fill(wrong);
    await page.getByText('There is no tag {frist_name}. Did you mean {first_name}?').waitFor();
    await page.getByText('Draft', { exact: true }).waitFor();
    await copyOf(page).press('Alt+Enter');
    expect(await copyOf(page).inputValue()).toContain('Hi {first_name} — your');
    await page.getByRole('button', { name: 'Ask for SKIP' }).click();
    await page.getByRole('button', { name: "Replace with '-'" }).click();
    expect(await copyOf(page).inputValue()).toBe(
      'Hi {first_name} - your box ships on {order_date}. Reply SKIP to skip',
    );
    await page.getByText('Ready', { exact: true }).waitFor();
    expect(await page.getByRole('list', { name: 'Problems' }).count()).toBe(0);
  });

  it('saves with a key, says that the copy differs, and takes a copied one for pasted only when told so', async () => {
    const { page } = await openEditor();
    await page.getByText('Saved, and as you pasted it into Postscript.').waitFor();
    await copyOf(page).fill('New copy, reply SKIP');
    await page.getByText('Not saved yet.').waitFor();
    await copyOf(page).press('Control+s');
    await page.getByText('Saved. The copy in Postscript differs.').waitFor();
    await page.getByText('Copy differs', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy for Postscript' }).click();
    await page.getByText('Copied. Confirm when it is pasted.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('New copy, reply SKIP');
    await page.getByRole('button', { name: 'I pasted it' }).click();
    await page.getByText('Saved, and as you pasted it into Postscript.').waitFor();
    await page.getByText('Active', { exact: true }).waitFor();
  });

  it('loses nothing that was typed: not by leaving, and not by restoring a version', async () => {
    const { page } = await openEditor();
    await copyOf(page).fill('Half a thought');
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
    await page.goBack();
    await page.getByText('Your unsaved changes from before are still here.').waitFor();
    expect(await copyOf(page).inputValue()).toBe('Half a thought');

    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await copyOf(page).inputValue()).toContain('Just reply SKIP');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await copyOf(page).inputValue()).toBe('Half a thought');

    await copyOf(page).press('Control+s');
    await page.getByText('Version 1', { exact: true }).waitFor();
    await copyOf(page).fill('Another thought');
    await page.getByRole('button', { name: 'Restore Example copy' }).click();
    await page.getByText('The example copy is the template again.').waitFor();
    expect(await copyOf(page).inputValue()).toContain('Just reply SKIP');
    await page.getByText('Version 2', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => copyOf(page).inputValue()).toBe('Another thought');
  });

  it('shows the text as it is typed, with its gaps, its segments and any of the samples', async () => {
    const { page } = await openEditor();
    await copyOf(page).fill('Hi {first_name}');
    await page.getByText('Fern & Fable Coffee Roasters: Hi Al').waitFor();
    await copyOf(page).press('Alt+3');
    await page.getByText('No value for {first_name}').waitFor();
    await copyOf(page).press('Alt+4');
    await page.getByText('Hi 小明').waitFor();
    await page.getByText("From this customer's values: 小 明.").waitFor();
    await page.getByRole('combobox', { name: 'Filled with' }).selectOption('dearest');
    await page.getByText(/The values of /).waitFor();
    await page.getByRole('button', { name: 'Show the phone in dark' }).click();
    await page.getByRole('combobox', { name: 'Filled with' }).selectOption('long');
    await copyOf(page).fill(`${'{product_titles} '.repeat(4)}`);
    await page.getByRole('switch', { name: 'Show where segments split' }).check({ force: true });
    await page.getByText('Segment 2').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('counts with example values while there are no customers', async () => {
    const { page } = await openEditor('quiet');
    await page.getByText('there are no customers yet').waitFor();
    expect(await page.getByRole('table', { name: 'Length and segments' }).isVisible()).toBe(true);
  });
});

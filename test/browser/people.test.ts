import { expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { findViolations, isTooWide, shareConsoles } from './open-console.ts';

describeWithChromium('replies and customers', () => {
  const consoles = shareConsoles();

  it('closes a reply, takes that back, and skips the order that a person names for another', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/replies?needs=person' });
    await page.getByText('4 conversations shown').waitFor();
    const thread = page.getByRole('region', { name: 'Conversation' });
    await thread.getByRole('button', { name: 'Close' }).click();
    await page.getByText('3 conversations shown').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('4 conversations shown').waitFor();
    await page.getByRole('link', { name: /who is this/ }).click();
    await thread.getByText('No customer has this number').waitFor();
    await thread.getByRole('button', { name: 'Skip an order…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Skip an order' });
    await dialog.getByLabel('Find the customer').fill('dana');
    await dialog.getByRole('radio', { name: 'House Espresso 500 g' }).check();
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Skip the order' }).click();
    await page.getByText('3 conversations shown').waitFor();
  });

  it('takes a skip back from its conversation, and says until when that is possible', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/replies' });
    const thread = page.getByRole('region', { name: 'Conversation' });
    await thread.getByText('until Mar 16, 9:20 AM EDT').waitFor();
    expect(await thread.getByText('Handed to Postscript, ').count()).toBe(2);
    await thread.getByRole('button', { name: 'Take the skip back' }).click();
    await thread.getByText('The skip was taken back, and the platform confirmed').waitFor();
    expect(await thread.getByRole('button', { name: 'Take the skip back' }).count()).toBe(0);
  });

  it('goes from conversation to conversation by J, K and the arrows, and opens one with Enter', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/replies' });
    const focused = async () => (await page.locator(':focus').textContent()) ?? '';
    await page.getByText('7 conversations shown').waitFor();
    await page.keyboard.press('j');
    expect(await focused()).toContain('Can I get the decaf');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    expect(await focused()).toContain('<b>skip</b>');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Marcus Oyelaran');
    expect(new URL(page.url()).hash).toBe('#/replies?with=im_2');
    await page.keyboard.press('j');
    expect(await focused()).toContain('<b>skip</b>');
  });

  it('shows the list or the conversation on a narrow window, with a way back', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/replies', width: 700, height: 700 });
    await page.getByText('7 conversations shown').waitFor();
    expect(await page.getByRole('region', { name: 'Conversation' }).count()).toBe(0);
    await page.getByRole('link', { name: /decaf/ }).click();
    await page.getByRole('region', { name: 'Conversation' }).getByRole('button', { name: 'Close' }).waitFor();
    expect({ list: await page.getByText('7 conversations shown').count(), isTooWide: await isTooWide(page) }).toEqual({
      list: 0,
      isTooWide: false,
    });
    await page.getByRole('link', { name: 'Conversations', exact: true }).click();
    await page.getByText('7 conversations shown').waitFor();
  });

  it('answers first what happened, and keeps the number masked until somebody asks for it', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/customers/cust-1' });
    await page.getByText('For the order of March 18, 2027, the notice was handed to Postscript').waitFor();
    const sections = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(sections).toEqual(['What happened', 'Contact', 'Subscriptions', 'Every decision', 'Their data']);
    expect(await page.getByText('555-0110').count()).toBe(0);
    await page.getByRole('button', { name: 'Show the number' }).click();
    expect(await page.getByText('555-0110').count()).toBe(1);
    await page.reload();
    await page.getByRole('button', { name: 'Show the number' }).waitFor();
  });

  it.each([
    ['cust-1', 'Promotional: yes', 'Transactional: Postscript does not say'],
    ['cust-2', 'Promotional: no', 'Asked at'],
    ['cust-3', 'Postscript has no subscriber with this number', 'Asked at'],
    ['cust-4', 'Consent is not known', 'it did not answer'],
  ])('asks Postscript for the consent of %s only when told to: %s', async (id, first, second) => {
    const { page } = await consoles.open({ scenario: 'busy', path: `/customers/${id}`, colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Ask Postscript' }).click();
    await page.getByText(first).waitFor();
    expect(await page.getByText(second).count()).toBeGreaterThan(0);
    expect(await findViolations(page)).toEqual([]);
  });

  it('takes a skip back from the customer’s page', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/customers/cust-1' });
    await page.getByRole('button', { name: 'Take the skip back' }).click();
    await page.getByText('was skipped, and the skip was taken back').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});

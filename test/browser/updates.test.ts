import { expect, it } from 'vitest';
import type { UpdateState } from '../../shared/ipc/update-state.ts';
import { describeWithChromium } from '../helpers/chromium.ts';
import { fakeDesktop, fakeUpdate } from '../renderer/fake-computer.ts';
import { NOW } from '../renderer/fake-data.ts';
import { findViolations, isTooWide, shareConsoles } from './open-console.ts';

const path = '/settings/computer';

describeWithChromium('updates', () => {
  const consoles = shareConsoles();

  it('are looked for, downloaded and installed one step at a time, each when it is asked for', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path, desktop: fakeDesktop });
    const card = page.getByRole('region', { name: 'Updates' });
    const note = page.getByRole('region', { name: 'Update', exact: true });
    await card.getByRole('switch', { name: 'Look for updates' }).click();
    await card.getByText('This is the newest version').waitFor();
    expect(await note.count()).toBe(0);

    // From anywhere, by the palette.
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).fill('check for upd');
    await page.keyboard.press('Enter');
    await card.getByText('Version 0.2.0 is available.').waitFor();
    await note.getByText('Version 0.2.0 is available').waitFor();

    await card.getByRole('button', { name: 'Download' }).click();
    await card.getByText('Version 0.2.0 is downloaded and checked.').waitFor();
    await card.getByRole('switch', { name: 'Install a downloaded update' }).click();
    await card.getByText('It gets in when you quit.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Overview' }).click();
    await note.getByRole('link', { name: 'Version 0.2.0 is ready' }).click();
    await card.getByRole('button', { name: 'Restart now' }).click();
    await card.getByRole('alert').getByText('Heads Up cannot replace its own file here.').waitFor();
    await card.getByRole('switch', { name: 'Look for updates' }).click();
    await card.getByRole('button').first().waitFor({ state: 'detached' });
  });

  const states: readonly UpdateState[] = [
    { kind: 'downloading', update: { ...fakeUpdate, notes: `<b>bold</b> ${'long'.repeat(200)}` }, percent: 42 },
    { kind: 'failed', during: 'install', message: 'Version 0.2.0 was not installed.', nextStep: 'Try.', failedAt: NOW },
  ];

  it.each(states)('show the state $kind accessibly, in light and dark, wide or narrow', async (updates) => {
    const desktop = { ...fakeDesktop, looksForUpdates: true, updates };
    const { page, complaints } = await consoles.open({ scenario: 'busy', path, desktop });
    const card = page.getByRole('region', { name: 'Updates' });
    await card.getByRole('switch').first().waitFor();
    if (updates.kind === 'downloading') {
      await card.getByText('What is new in 0.2.0').click();
      // Outside text: not mark-up.
      await card.getByText('<b>bold</b>').waitFor();
    }
    expect({ violations: await findViolations(page), complaints }).toEqual({ violations: [], complaints: [] });
    await page.setViewportSize({ width: 512, height: 700 });
    expect(await isTooWide(page)).toBe(false);
  });

  it('are a matter of the folder in a browser tab, in words', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path });
    const card = page.getByRole('region', { name: 'Updates' });
    await card.getByText('In a browser tab, Heads Up does not update itself.').waitFor();
    expect(await card.getByRole('switch').count()).toBe(0);
  });
});

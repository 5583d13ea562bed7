import { expect, it } from 'vitest';
import { INITIAL_SCRIPT_BUDGET, measureInitialScript } from '../../scripts/initial-script.mjs';
import { describeWithChromium } from '../helpers/chromium.ts';
import type { Scenario } from '../renderer/fake-connections.ts';
import { findViolations, shareConsoles } from './open-console.ts';

type Place = Readonly<{ scenario: Scenario; path: string; title: string; settled: string }>;

/** Every screen in the states that look different, and a text that is there once its data is. */
const places: readonly Place[] = [
  { scenario: 'first_start', path: '/', title: 'Welcome to Heads Up', settled: 'Look around first' },
  { scenario: 'busy', path: '/', title: 'Overview', settled: '2 of 6 are set up.' },
  { scenario: 'trouble', path: '/', title: 'Overview', settled: '2 of 6 are set up.' },
  { scenario: 'practice', path: '/', title: 'Overview', settled: 'Next event' },
  { scenario: 'busy', path: '/triggers', title: 'Triggers', settled: 'Not accepted' },
  { scenario: 'busy', path: '/triggers/upcoming_order', title: 'Upcoming Order', settled: 'Two ways to make' },
  { scenario: 'quiet', path: '/triggers/skipped_order', title: 'Skipped Order', settled: 'I pasted it' },
  { scenario: 'busy', path: '/triggers/upcoming_order?tab=test', title: 'Upcoming Order', settled: 'The request' },
  { scenario: 'busy', path: '/triggers/upcoming_order?tab=history', title: 'Upcoming Order', settled: 'with filters' },
  { scenario: 'busy', path: '/triggers/none', title: 'No such trigger', settled: 'See the triggers' },
  { scenario: 'busy', path: '/deliveries', title: 'Deliveries', settled: 'The newest 50 deliveries' },
  { scenario: 'quiet', path: '/deliveries', title: 'Deliveries', settled: 'Nothing yet' },
  { scenario: 'quiet', path: '/deliveries?state=failed', title: 'Deliveries', settled: 'No delivery matches' },
  { scenario: 'busy', path: '/replies', title: 'Replies', settled: 'No customer has this phone number.' },
  { scenario: 'busy', path: '/replies?with=im_1', title: 'Replies', settled: 'Take the skip back' },
  { scenario: 'busy', path: '/replies?needs=person', title: 'Replies', settled: '4 conversations shown' },
  { scenario: 'quiet', path: '/replies?needs=person', title: 'Replies', settled: 'Nothing to read' },
  { scenario: 'quiet', path: '/replies', title: 'Replies', settled: 'No replies yet' },
  { scenario: 'busy', path: '/customers', title: 'Customers', settled: '12 customers shown' },
  { scenario: 'quiet', path: '/customers', title: 'Customers', settled: 'No customers yet' },
  { scenario: 'busy', path: '/customers?q=nobody', title: 'Customers', settled: 'Nobody matches' },
  { scenario: 'busy', path: '/customers/cust-1', title: 'Dana Whitfield', settled: '50 decisions shown' },
  { scenario: 'first_start', path: '/guide', title: 'Guide', settled: 'Two words are used with care' },
  { scenario: 'busy', path: '/guide/read-the-log', title: 'Read the log', settled: 'A request is under way' },
  { scenario: 'busy', path: '/guide/gone', title: 'No such chapter', settled: 'See all chapters' },
  { scenario: 'busy', path: '/nowhere', title: 'No such screen', settled: 'Go to the overview' },
];

describeWithChromium('the screens', () => {
  const consoles = shareConsoles();

  it.each(places)('shows $scenario $path, accessible in light and dark', async ({ scenario, path, title, settled }) => {
    const { page, complaints } = await consoles.visit({ scenario, path });
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByText(settled).first().waitFor();
    expect({
      titles: await page.getByRole('heading', { level: 1 }).allTextContents(),
      windowTitle: await page.title(),
      violations: await findViolations(page),
      complaints,
    }).toEqual({ titles: [title], windowTitle: `${title} · Heads Up`, violations: [], complaints: [] });
  });

  it.each(['/deliveries?id=135', '/deliveries?id=134', '/deliveries?id=137'])(
    'shows the delivery at %s beside the list, accessible',
    async (path) => {
      const { page, complaints } = await consoles.visit({ scenario: 'busy', path });
      await page.getByRole('heading', { name: 'Decisions' }).waitFor();
      expect({ violations: await findViolations(page), complaints }).toEqual({ violations: [], complaints: [] });
    },
  );

  it('would be found out with a colour that only dark has, and with a picture without words', async () => {
    const { page } = await consoles.open({ scenario: 'quiet', path: '/replies' });
    await page.getByText('No replies yet').waitFor();
    await page.addStyleTag({ content: "[data-mantine-color-scheme='dark'] h1 { color: #222 !important; }" });
    await page.evaluate("document.querySelector('main').append(document.createElement('img'))");
    const found = (await findViolations(page)).map((violation) => violation.split(' ', 2).join(' '));
    expect(new Set(found)).toEqual(new Set(['dark: color-contrast:', 'dark: image-alt:']));
  });

  it('says that a delivery does not exist, and goes on showing the list', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/deliveries?id=999' });
    await page.getByText('There is no delivery 999.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByText('The newest 50 deliveries').isVisible()).toBe(true);
  });

  it('has its colours before any module has run, so that dark never flashes white', async () => {
    const { page, host } = await consoles.open({ scenario: 'busy', path: '/', colorScheme: 'dark' });
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto(`${host.url}?again`);
    const seen: unknown = await page.evaluate(
      '[document.documentElement.dataset.mantineColorScheme, getComputedStyle(document.body).backgroundColor]',
    );
    expect(seen).toEqual(['dark', 'rgb(21, 25, 28)']);
  });

  it('keeps the chosen appearance over a reload, whatever the computer prefers', async () => {
    const { page } = await consoles.open({ scenario: 'busy', path: '/', colorScheme: 'light' });
    await page.getByRole('radio', { name: 'Like this computer' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  });

  it('loads less than 200 kB of compressed script before the first screen, the Overview included', () => {
    const { files, bytes } = measureInitialScript(consoles.folder);
    expect(files.some((file) => file.includes('overview-screen'))).toBe(true);
    // What is asked for by a key or a click must not be in it.
    expect(files.filter((file) => /palette|keys-sheet|phone-panel|practice-bar|guide/.test(file))).toEqual([]);
    expect(bytes).toBeLessThan(INITIAL_SCRIPT_BUDGET);
  });
});

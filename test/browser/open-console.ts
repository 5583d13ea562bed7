import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterEach } from 'vitest';
import type { Computer } from '../../shared/ipc/computer-contract.ts';
import { findChromium } from '../helpers/chromium.ts';
import { createFakeBridge, type FakeBridge } from '../renderer/fake-bridge.ts';
import type { Scenario } from '../renderer/fake-connections.ts';
import { emptyPage, startFakeHost, type FakeHost } from '../renderer/fake-host.ts';

const folder = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type OpenOptions = Readonly<{
  scenario: Scenario;
  path: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** As the desktop app shows it; a browser tab when there is none. */
  desktop?: Computer['desktop'];
  /** Before the console is loaded. */
  prepare?: (page: Page) => Promise<void>;
  /** The computer's own; the fake shop is in New York. */
  timezoneId?: string;
}>;

export type OpenedConsole = Readonly<{
  page: Page;
  host: FakeHost;
  bridge: FakeBridge;
  /** What the browser complained about: script errors, blocked resources, missing files. */
  complaints: readonly string[];
}>;

export type Consoles = Readonly<{
  folder: string;
  open: (options: OpenOptions) => Promise<OpenedConsole>;
  /**
   * Goes on in the console of that scenario that an earlier visit opened, as a person does who follows a link: loading it
   * anew is most of what a short test costs. At 1280x800, with what the browser complained about since. Only for a look:
   * what a test changes there, the next one finds.
   */
  visit: (options: Pick<OpenOptions, 'scenario' | 'path'>) => Promise<Pick<OpenedConsole, 'page' | 'complaints'>>;
}>;

/**
 * A page that goes from console to console: Chromium keeps the compiled bundle for as long as the page's process lives and
 * the bundle has the same address.
 */
type Tab = { readonly page: Page; readonly timezoneId: string; host: FakeHost | null; opened: number };

const usualZone = 'America/New_York';
const size = { width: 1280, height: 800 };

// The files of a worker share its Chromium, which ends with the worker.
let browser: Promise<Browser> | undefined;
const free: Tab[] = [];
const visited = new Map<Scenario, OpenedConsole>();

function launch(): Promise<Browser> {
  if (!existsSync(join(folder, 'index.html'))) throw new Error('Build first: npm run build');
  return chromium.launch({
    executablePath: findChromium() ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
}

async function takeTab(timezoneId: string): Promise<Tab> {
  const index = free.findIndex((tab) => tab.timezoneId === timezoneId);
  const [tab] = index < 0 ? [] : free.splice(index, 1);
  if (tab !== undefined) return tab;
  browser ??= launch();
  const context = await (await browser).newContext({ reducedMotion: 'reduce', timezoneId });
  // Under the runner's own limit, so that a failure names what was waited for.
  context.setDefaultTimeout(20_000);
  return { page: await context.newPage(), timezoneId, host: null, opened: 0 };
}

/** Nothing that a test did in it reaches the next one. */
async function clearTab(tab: Tab): Promise<void> {
  const { page } = tab;
  page.removeAllListeners('console');
  page.removeAllListeners('pageerror');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().clearPermissions();
  if (tab.host?.isListening() !== true) {
    await page.context().close();
    return;
  }
  await page.goto(`${tab.host.url}${emptyPage}`);
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.mouse.move(0, 0);
  free.push(tab);
}

async function openIn(tab: Tab, options: OpenOptions): Promise<OpenedConsole> {
  const { scenario, path, colorScheme = 'light', width, height, desktop = null, prepare } = options;
  const { page } = tab;
  const bridge = createFakeBridge(scenario, desktop);
  const host = (tab.host ??= await startFakeHost(folder, bridge));
  host.serve(bridge);
  tab.opened += 1;
  await page.setViewportSize({ ...size, ...(width && { width }), ...(height && { height }) });
  await page.emulateMedia({ colorScheme });
  await prepare?.(page);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  // Another number, or Chromium would take it for a move within the page.
  await page.goto(`${host.url}?${tab.opened}#${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, host, bridge, complaints };
}

async function visit({ scenario, path }: Pick<OpenOptions, 'scenario' | 'path'>) {
  const before = visited.get(scenario);
  if (before === undefined) {
    const first = await openIn(await takeTab(usualZone), { scenario, path });
    visited.set(scenario, first);
    return first;
  }
  const { page, complaints } = before;
  const known = complaints.length;
  await page.setViewportSize(size);
  await page.goto(page.url().replace(/#.*/, `#${path}`));
  return {
    page,
    get complaints() {
      return complaints.slice(known);
    },
  };
}

/** For a suite: the built console in a real Chromium, served over the browser host's protocol by an engine made of memory. */
export function shareConsoles(): Consoles {
  const taken: Tab[] = [];
  afterEach(async () => {
    await Promise.all(taken.splice(0).map(clearTab));
  });
  return {
    folder,
    async open(options) {
      const tab = await takeTab(options.timezoneId ?? usualZone);
      taken.push(tab);
      return openIn(tab, options);
    },
    visit,
  };
}

const schemes = ['light', 'dark'] as const;

/** Those of axe's rules that look at colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** What axe finds in light and in dark, short enough to read in a test's failure. */
export async function findViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axeSource);
  const before = await page.locator('html').getAttribute('data-mantine-color-scheme');
  const found: string[] = [];
  let examined = '';
  // The one that is shown comes last, so that the test goes on in it.
  for (const colorScheme of before === 'light' ? schemes.toReversed() : schemes) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    const shown = await page.evaluate<string>('document.body.innerHTML');
    // The schemes differ in nothing but colours, so of the same page nothing else is asked a second time.
    const options = { resultTypes: ['violations'], ...(shown === examined && { runOnly: colourRules }) };
    found.push(...(await runAxe(page, options)).map((violation) => `${colorScheme}: ${violation}`));
    examined = shown;
  }
  return found;
}

async function runAxe(page: Page, options: object): Promise<string[]> {
  const found: unknown = await page.evaluate(`
    axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))
  `);
  return Array.isArray(found) ? found.map(String) : [String(found)];
}

/** True when something is wider than the place that it has. */
export async function isTooWide(page: Page): Promise<boolean> {
  const found: unknown = await page.evaluate(`
    [document.documentElement, ...document.querySelectorAll('main, aside, [role=dialog], [role=tabpanel]')]
      .some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  `);
  return found === true;
}

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Computer } from '../../shared/ipc/computer-contract.ts';
import { findChromium } from '../helpers/chromium.ts';
import { createFakeBridge, type FakeBridge } from '../renderer/fake-bridge.ts';
import type { Scenario } from '../renderer/fake-connections.ts';
import { startFakeHost, type FakeHost } from '../renderer/fake-host.ts';

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

export type ConsoleRun = Readonly<{
  folder: string;
  open: (options: OpenOptions) => Promise<OpenedConsole>;
  /**
   * Goes on in the console of that scenario that an earlier visit opened, as a person does who follows a link: loading it
   * anew is most of what a short test costs. At 1280x800, with what the browser complained about since.
   */
  visit: (options: Pick<OpenOptions, 'scenario' | 'path'>) => Promise<Pick<OpenedConsole, 'page' | 'complaints'>>;
  closeOpened: () => Promise<void>;
  stop: () => Promise<void>;
}>;

/** The built console in a real Chromium, served over the browser host's protocol by an engine made of memory. */
export async function startConsoleRun(): Promise<ConsoleRun> {
  if (!existsSync(join(folder, 'index.html'))) throw new Error('Build first: npm run build');
  const browser: Browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  type Closer = () => Promise<void>;
  const opened: Closer[] = [];
  const kept: Closer[] = [];
  const visited = new Map<Scenario, OpenedConsole>();

  async function closeAll(closers: Closer[]): Promise<void> {
    await Promise.all(closers.splice(0).map((close) => close()));
  }

  async function openNew(options: OpenOptions, closers: Closer[]): Promise<OpenedConsole> {
    const { scenario, path, colorScheme = 'light', width = 1280, height = 800, desktop = null } = options;
    const { prepare, timezoneId = 'America/New_York' } = options;
    const bridge = createFakeBridge(scenario, desktop);
    const host = await startFakeHost(folder, bridge);
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
      timezoneId,
    });
    closers.push(async () => {
      await context.close();
      await host.close();
    });
    // Under the runner's own limit, so that a failure names what was waited for.
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.addInitScript(axeSource);
    await prepare?.(page);
    await page.goto(`${host.url}#${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return { page, host, bridge, complaints };
  }

  return {
    folder,
    open: (options) => openNew(options, opened),
    async visit({ scenario, path }) {
      const before = visited.get(scenario);
      if (before === undefined) {
        const first = await openNew({ scenario, path }, kept);
        visited.set(scenario, first);
        return first;
      }
      const { page, host, complaints } = before;
      const known = complaints.length;
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`${host.url}#${path}`);
      return {
        page,
        get complaints() {
          return complaints.slice(known);
        },
      };
    },
    closeOpened: () => closeAll(opened),
    async stop() {
      await closeAll(opened);
      await closeAll(kept);
      await browser.close();
    },
  };
}

const schemes = ['light', 'dark'] as const;

/** What axe finds in light and in dark, short enough to read in a test's failure. */
export async function findViolations(page: Page): Promise<string[]> {
  const before = await page.locator('html').getAttribute('data-mantine-color-scheme');
  const found: string[] = [];
  // The one that is shown comes last, so that the test goes on in it.
  for (const colorScheme of before === 'light' ? schemes.toReversed() : schemes) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    found.push(...(await runAxe(page)).map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}

async function runAxe(page: Page): Promise<string[]> {
  const found: unknown = await page.evaluate(`
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
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

import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../../helpers/chromium.ts';
import { startConsoleProcess, type ConsoleProcess } from '../../helpers/console-process.ts';
import { goTo, passPracticeTime, readPractice, type PracticeStep } from './console-steps.ts';

export type Journey = Readonly<{
  page: Page;
  host: () => ConsoleProcess;
  /** What the browser complained about since the last look: script errors, blocked resources, failed requests. */
  takeComplaints: () => readonly string[];
  /** The host dies, and is started again on the same folders and port. The page is left as it is. */
  restartHost: () => Promise<void>;
  goTo: (screen: string) => Promise<void>;
  pass: (step: PracticeStep) => Promise<void>;
  /** What the simulated Postscript texted to the practice customer of that name, oldest first. */
  textsTo: (name: string) => Promise<readonly string[]>;
  stop: () => Promise<void>;
}>;

/** The built host, the real engine and, in practice, the simulators, behind one real Chromium. Needs a build. */
export async function startJourney(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Journey> {
  let host = await startConsoleProcess(flags, environment);
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  // Shorter than the test's own limit, so that a failure names what it waited for.
  page.setDefaultTimeout(20_000);
  let complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(host.link);
  await page.getByRole('heading', { level: 1 }).waitFor();

  return {
    page,
    host: () => host,
    takeComplaints: () => {
      const taken = complaints;
      complaints = [];
      return taken;
    },
    restartHost: async () => {
      await host.kill();
      host = await host.startAgain();
    },
    goTo: (screen) => goTo(page, screen),
    pass: (step) => passPracticeTime(page, step),
    textsTo: async (name) => {
      const { phones } = await readPractice(page, name);
      const phone = phones.find((one) => one.name === name);
      return (phone?.messages ?? []).filter(({ direction }) => direction === 'to_customer').map(({ body }) => body);
    },
    stop: async () => {
      await browser.close();
      await host.interrupt();
      host.remove();
    },
  };
}

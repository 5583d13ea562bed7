import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findChromium } from '../helpers/find-chromium.ts';
import { scratch } from '../helpers/scratch.ts';

export type OpenChromium = Readonly<{
  /** Where it listens for its DevTools protocol. */
  address: string;
  browser: Browser;
  /** A profile of its own, with the number by which Chromium knows it. */
  openProfile: () => Promise<Readonly<{ context: BrowserContext; browserContextId: string }>>;
  close: () => Promise<void>;
}>;

/** A Chromium for the windows of desktop apps and for the test that looks at them. No name resolves in it. */
export async function openChromium(): Promise<OpenChromium> {
  const profile = mkdtempSync(join(scratch, 'heads-up-chromium-'));
  const child = spawn(
    findChromium() ?? '',
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--no-first-run',
      // Its own empty window would be made first, and looked into by whoever connects.
      '--no-startup-window',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--remote-debugging-port=0',
      // A pipe that nobody writes to: it breaks when the test's process is gone, and Chromium ends by itself.
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
    ],
    // A group of its own, so that the wrapper script that some systems start it by goes with it.
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`Chromium ended: ${said}`)));
  });
  const browser = await chromium.connectOverCDP(address, { timeout: 0 });

  return {
    address,
    browser,
    openProfile: async () => {
      const context = await browser.newContext({ viewport: null, reducedMotion: 'reduce' });
      // Under the runner's own limit, so that a failure names what was waited for.
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      const { browserContextId } = (await session.send('Target.getTargetInfo')).targetInfo;
      await page.close();
      if (browserContextId === undefined) throw new Error('Expected a profile with a number');
      return { context, browserContextId };
    },
    close: async () => {
      await browser.close();
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

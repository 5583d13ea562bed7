import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installAppImage, newAppImage, oldAppImage, type AppImageInstallation } from '../../helpers/app-image.ts';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { launchDesktop, type Desktop } from '../launch-desktop.ts';
import { openChromium, type OpenChromium } from '../open-chromium.ts';

/** electron-updater out of the bundle, against a feed over HTTP and a file that stands for the AppImage. */
describeWithChromium('an update of the desktop app', () => {
  let chromium: OpenChromium;
  let installed: AppImageInstallation;
  let desktop: Desktop;
  beforeAll(async () => {
    chromium = await openChromium();
    installed = await installAppImage();
    desktop = await launchDesktop({
      chromium,
      isPackaged: true,
      resourcesPath: installed.resources,
      environment: installed.environment,
    });
  });
  afterAll(async () => {
    await desktop.remove();
    installed.remove();
    await chromium.close();
  });

  const openPage = async (running: Desktop) => {
    const page = await running.page();
    await page.evaluate(`{ location.hash = '#/settings/computer' }`);
    return page.getByRole('region', { name: 'Updates' });
  };

  it('comes step by step as it is asked for, and gets in once everything has stopped', async () => {
    const card = await openPage(desktop);
    await card.getByRole('switch', { name: 'Look for updates' }).waitFor();
    expect(installed.asked).toEqual([]);
    await card.getByRole('switch', { name: 'Look for updates' }).click();
    await card.getByText('Version 0.2.0 is available.').waitFor();
    expect(installed.asked.map(({ path }) => path)).toEqual(['/latest-linux.yml']);
    await card.getByRole('button', { name: 'Download' }).click();
    await card.getByText('Version 0.2.0 is downloaded and checked.').waitFor();
    expect(readFileSync(installed.appImage, 'utf8')).toBe(oldAppImage);
    expect(existsSync(installed.started)).toBe(false);

    await card.getByRole('button', { name: 'Restart now' }).click();
    expect(await desktop.exited).toBe(0);
    expect(readFileSync(installed.appImage, 'utf8')).toBe(newAppImage);
    await expect.poll(() => existsSync(installed.started) && readFileSync(installed.started, 'utf8')).toBe('\n');
    const log = readFileSync(join(desktop.home, 'data/heads-up/logs/heads-up.log'), 'utf8');
    const [ended, began] = [log.indexOf('Heads Up ends.'), log.indexOf('Updates: Install: isSilent: true')];
    expect(ended).toBeGreaterThan(0);
    expect(began).toBeGreaterThan(ended);
  });

  it('that did not get in after all is told of at the next start', async () => {
    // Started by hand, it is still the old version.
    const again = await desktop.startAgain();
    const card = await openPage(again);
    await card.getByText('Version 0.2.0 was not installed: this is still 0.1.0.').waitFor();
    expect(await again.quit()).toBe(0);
  });
});

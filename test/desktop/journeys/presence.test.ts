import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PracticeShop } from '../../../main/practice/practice-shop-types.ts';
import { addressesOf, startServices } from '../../browser/journeys/shop-services.ts';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { launchDesktop, type Desktop } from '../launch-desktop.ts';
import { openChromium, type OpenChromium } from '../open-chromium.ts';

/** Postscript takes nothing now, and everything is tried again soon. */
const busy = { kind: 'rate_limited_bare', service: 'postscript', method: 'POST', pathIncludes: '/events' } as const;

/** The merchant's own shop with simulated services, seen from outside the window. Each test goes on where the last one ended. */
describeWithChromium('the desktop app outside its window', () => {
  let services: PracticeShop;
  let chromium: OpenChromium;
  let desktop: Desktop;
  beforeAll(async () => {
    [services, chromium] = await Promise.all([startServices(30), openChromium()]);
    desktop = await launchDesktop({ chromium, isPackaged: true, environment: addressesOf(services) });
    await desktop.page();
  });
  afterAll(async () => {
    await desktop.remove();
    await Promise.all([chromium.close(), services.close()]);
  });

  /** The first line of the tray's menu. */
  const headline = async (): Promise<string | undefined> => (await desktop.control.tray()).items[0]?.label;
  const invoke = async (channel: string, input: unknown): Promise<unknown> => {
    const page = await desktop.page();
    return page.evaluate(`bridge.invoke(${JSON.stringify(channel)}, ${JSON.stringify(input)})`);
  };
  const received = async (): Promise<number> => (await services.control.ledger()).events.length;

  it('says in the tray what is missing, and opens the set-up from there', async () => {
    await expect.poll(headline).toBe('Not set up: a key is missing');
    await desktop.control.chooseInTray('Set up my shop');
    const page = await desktop.page();
    await expect.poll(() => page.url()).toContain('#/setup');
  });

  it('resumes only after it has said how many notices go out', async () => {
    const { postscriptKey, smartrrToken } = services.credentials;
    await invoke('connections.savePostscriptKey', { key: postscriptKey });
    await invoke('connections.saveSmartrrToken', { token: smartrrToken });
    await expect.poll(headline).toBe('Sending is off');
    await expect.poll(async () => JSON.stringify(await invoke('overview.get', {}))).toMatch(/"noticesDueNow":[1-9]/);

    await desktop.control.chooseInTray('Resume sending…');
    await expect.poll(async () => (await desktop.control.dialogs()).at(-1)?.chosen).toBe('Cancel');
    expect(await received()).toBe(0);

    await services.control.keepFault(busy);
    await desktop.control.answerNextDialog({ button: 'Switch sending on' });
    await desktop.control.chooseInTray('Resume sending…');
    await expect.poll(headline).toBe('Sending is on');
    expect((await desktop.control.dialogs()).at(-1)?.detail).toMatch(/^\d+ notices? (is|are) due now/);
  });

  it('tells a person elsewhere what needs them, and a click opens the screen that settles it', async () => {
    await desktop.control.blurWindow();
    await services.control.forceFault({ ...busy, kind: 'error_after' });
    await services.control.keepFault(null);
    await expect
      .poll(() => desktop.control.notifications())
      .toEqual([{ title: 'Heads Up needs you', body: '1 delivery left without a clear answer.', isOpen: true }]);
    await expect.poll(headline).toBe('Sending is on. Needs you: 1');
    const { items, image } = await desktop.control.tray();
    expect(items.map(({ label }) => label)).toContain('1 delivery to check with Postscript');
    expect(image).toMatch(/tray-attention/);

    await desktop.control.clickNotification(0);
    const page = await desktop.page();
    await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
    expect(page.url()).toContain('#/deliveries?state=unknown');
    expect(await desktop.control.windows()).toMatchObject([{ isVisible: true, isFocused: true }]);
  });

  it('pauses at once, without a question', async () => {
    await expect.poll(received).toBeGreaterThan(0);
    const asked = (await desktop.control.dialogs()).length;
    await desktop.control.chooseInTray('Pause sending');
    await expect.poll(headline).toBe('Sending is off. Needs you: 1');
    const page = await desktop.page();
    await page.getByText('Sending is off', { exact: true }).first().waitFor();
    expect(await desktop.control.dialogs()).toHaveLength(asked);
  });

  it('is started at login when the file says so, and shows when somebody else has removed it', async () => {
    const page = await desktop.page();
    await page.evaluate(`location.hash = '#/settings/computer'`);
    const startsAtLogin = page.getByRole('switch', { name: 'Start when I log in' });
    await startsAtLogin.setChecked(true);
    const file = join(desktop.home, 'config', 'autostart', 'heads-up.desktop');
    await expect.poll(() => existsSync(file)).toBe(true);
    rmSync(file);
    await page.reload();
    await startsAtLogin.waitFor();
    expect(await startsAtLogin.isChecked()).toBe(false);
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectPackedApp } from '../../../scripts/package/inspect.mjs';
import { contract } from '../../../shared/ipc/contract.ts';
import { answerSkip, seeSkip, startPracticeShop, waitForNotice } from '../../browser/journeys/console-steps.ts';
import { launchRuntime, packedApp, runtime, type RunningApp } from './launch-runtime.ts';

/** What only the true runtime can prove, and the main job on it. Run by `npm run test:desktop`, skipped everywhere else. */
describe.skipIf(runtime === undefined)('the desktop app on its true runtime', () => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await launchRuntime();
  });
  afterAll(() => running.remove());

  const askComputer = async () =>
    contract['computer.get'].output.parse(
      await running.page.evaluate(`bridge.invoke('computer.get', {}).then((result) => result.value)`),
    );

  it.skipIf(packedApp === null)('holds what it should hold, with all fuses as decided', () => {
    expect(packedApp && inspectPackedApp(packedApp).problems).toEqual([]);
  });

  it('shows its console from its own origin, with the engine running', async () => {
    expect(await running.page.evaluate('location.href')).toBe('app://heads-up/');
    const { host, engine } = await askComputer();
    expect({ host, engine: engine.state }).toEqual({ host: 'desktop', engine: 'running' });
    expect(await running.app.evaluate(({ app }) => app.isPackaged)).toBe(runtime === 'packed');
  });

  it('gives the page the bridge, and nothing of Node or Electron', async () => {
    const seen: unknown = await running.page.evaluate(`({
      bridge: Object.keys(bridge),
      foreign: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in globalThis),
    })`);
    expect(seen).toEqual({ bridge: ['invoke', 'on'], foreign: [] });
  });

  it("draws the page in the operating system's sandbox", async () => {
    const { processId, isSandboxed } = await running.app.evaluate(({ app, BrowserWindow }) => {
      const processId = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0;
      return { processId, isSandboxed: app.getAppMetrics().find(({ pid }) => pid === processId)?.sandboxed };
    });
    // Electron does not know it on Linux; the kernel does: 2 lets only listed system calls through.
    const isListed = (): boolean => /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${processId}/status`, 'utf8'));
    expect(process.platform === 'linux' ? isListed() : isSandboxed).toBe(true);
  });

  it('finds its pictures for tray and window', async () => {
    const sizes = await running.app.evaluate(({ app, nativeImage }) =>
      ['window.png', 'tray-running.png', 'tray-pausedTemplate.png'].map((name) =>
        nativeImage.createFromPath(`${app.getAppPath()}/dist/main/icons/${name}`).getSize(),
      ),
    );
    expect(sizes).toEqual([256, 24, 16].map((side) => ({ width: side, height: side })));
  });

  it("says truly how this computer's keyring keeps keys, and gets back what it has sealed", async () => {
    const { secretStore } = await askComputer();
    const { backend, opened } = await running.app.evaluate(async ({ safeStorage }) => {
      const sealed = await safeStorage.encryptStringAsync('a key');
      return {
        backend: process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system',
        opened: (await safeStorage.decryptStringAsync(sealed)).result,
      };
    });
    console.log(`Keyring: ${backend}, ${secretStore.state}.`);
    expect(secretStore.state).toBe(backend === 'basic_text' ? 'unprotected' : 'protected');
    expect(opened).toBe('a key');
  });

  it('does the main job in the practice shop, from the first run to the confirmed skip', async () => {
    const { page } = running;
    await startPracticeShop(page);
    const customer = await waitForNotice(page);
    const newDate = await answerSkip(page);
    expect(newDate).not.toBe('');
    await seeSkip(page, customer, newDate);
  });

  it('is one: a second start ends by itself, and opens no second window', async () => {
    expect(await running.startAgain()).toBe(0);
    expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('quits with exit code 0', async () => {
    expect(await running.quit()).toBe(0);
  });
});

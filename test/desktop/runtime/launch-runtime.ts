import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { findElectron } from '../../../scripts/choose-host.mjs';
import { turnFuse } from '../../../scripts/package/fuses.mjs';
import { findPackedApp, type PackedApp } from '../../../scripts/package/layout.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Set by `npm run test:desktop` where there is a runtime; nowhere else is there anything to drive. */
export const runtime = process.env['HEADS_UP_RUNTIME'];

/** What was packed for this machine. */
export const packedApp: PackedApp | null =
  runtime === 'packed' ? findPackedApp(join(root, 'release'), process.platform, process.arch) : null;

export type RunningApp = Readonly<{
  app: ElectronApplication;
  page: Page;
  /** Starts the same app on the same folders once more, and returns its exit code. */
  startAgain: () => Promise<number | null>;
  /** Asks it to quit, and returns its exit code. */
  quit: () => Promise<number | null>;
  remove: () => Promise<void>;
}>;

/** Starts the app with folders of its own, and waits until the console stands in its window. */
export async function launchRuntime(): Promise<RunningApp> {
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-runtime-'));
  const { executable, flags } = packedApp === null ? findBuilt() : copyForDriver(packedApp, folder);
  const environment = { ...definedEnvironment(), ...makeHome(join(folder, 'home')) };
  const app = await _electron.launch({
    executablePath: executable,
    args: flags,
    env: environment,
    // Playwright would switch the sandbox off otherwise.
    chromiumSandbox: true,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(20_000);
  await page.getByRole('heading', { level: 1 }).waitFor();

  return {
    app,
    page,
    startAgain: () => waitForEnd(spawn(executable, flags, { env: environment, stdio: 'inherit' })),
    quit: async () => {
      const child = app.process();
      const ended = waitForEnd(child);
      await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined);
      return ended;
    },
    remove: async () => {
      if (app.process().exitCode === null) await app.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function findBuilt(): { executable: string; flags: string[] } {
  const executable = findElectron(root, process.env);
  if (executable === null) throw new Error('There is no Electron runtime');
  return { executable, flags: [root] };
}

/** Playwright drives Electron through an argument that a packed app refuses; a copy of it does not. */
function copyForDriver(packed: PackedApp, folder: string): { executable: string; flags: string[] } {
  const move = (path: string): string => join(folder, 'app', relative(join(packed.folder, '..'), path));
  cpSync(packed.folder, move(packed.folder), { recursive: true, verbatimSymlinks: true });
  turnFuse(move(packed.fuseCarrier), 'enableNodeCliInspectArguments', true);
  // The signature no longer fits what was changed.
  if (packed.system === 'darwin') {
    execFileSync('codesign', [
      '--sign',
      '-',
      '--force',
      '--deep',
      '--preserve-metadata=entitlements',
      move(packed.folder),
    ]);
  }
  return { executable: move(packed.executable), flags: [] };
}

/** Where the app keeps its files, on each system. */
function makeHome(home: string): Record<string, string> {
  mkdirSync(home);
  if (process.platform === 'win32') return { APPDATA: join(home, 'roaming'), LOCALAPPDATA: join(home, 'local') };
  if (process.platform === 'linux') return { XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') };
  // The keychain is found in the home folder, too.
  const keychains = join('Library', 'Keychains');
  mkdirSync(join(home, 'Library'));
  if (existsSync(join(homedir(), keychains))) symlinkSync(join(homedir(), keychains), join(home, keychains));
  return { HOME: home };
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

async function waitForEnd(child: ReturnType<typeof spawn>): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode;
}

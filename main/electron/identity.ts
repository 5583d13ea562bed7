import { mkdirSync } from 'node:fs';
import type { App } from 'electron';
import { appId } from './app-id.ts';

type IdentityDeps = Readonly<{
  app: Pick<App, 'setPath' | 'setName' | 'setAppUserModelId' | 'setAboutPanelOptions' | 'enableSandbox'>;
  platform: NodeJS.Platform;
  /** Chromium's files, and the lock that makes it one instance. */
  folder: string;
  version: string;
}>;

/**
 * Who we are to the operating system. To be called first of all: what Electron starts goes by it. For Linux the name of the
 * desktop file stands in package.json.
 */
export function introduceApp({ app, platform, folder, version }: IdentityDeps): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Before the name, from which the folder would follow.
  app.setPath('userData', folder);
  app.setName('Heads Up');
  if (platform === 'win32') app.setAppUserModelId(appId);
  app.setAboutPanelOptions({
    applicationName: 'Heads Up',
    applicationVersion: version,
    copyright: 'Heads Up contributors, MIT license',
  });
  app.enableSandbox();
}

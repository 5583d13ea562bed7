import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Leaves beside it whether it was started to run (an empty line) or only to put itself in place (`true`). */
export const newAppImage = '#!/bin/sh\necho "$APPIMAGE_EXIT_AFTER_INSTALL" > "$(dirname "$0")/started"\n';
export const oldAppImage = 'the old version';

export const sha512 = (body: string): string => createHash('sha512').update(body).digest('base64');

export type Release = Readonly<{ version?: string; notes?: string; sha512?: string }>;

export type AppImageInstallation = Readonly<{
  folder: string;
  /** The file that runs, in a folder of its own. */
  appImage: string;
  started: string;
  /** Holds `app-update.yml`, which names the feed. */
  resources: string;
  /** What the AppImage's runtime and the system would set. */
  environment: Readonly<Record<string, string>>;
  /** What the feed was asked for. */
  asked: readonly Readonly<{ path: string; headers: IncomingHttpHeaders }>[];
  remove: () => void;
}>;

/** An installed AppImage, and a feed over HTTP that offers another one. */
export async function installAppImage(release: Release = {}): Promise<AppImageInstallation> {
  const { version = '0.2.0', notes = 'Faster.' } = release;
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-update-'));
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  const fileName = `Heads-Up-${version}.AppImage`;
  const description = {
    version,
    files: [{ url: fileName, sha512: release.sha512 ?? sha512(newAppImage), size: newAppImage.length }],
    releaseNotes: notes,
  };
  const server = createServer(({ url = '', headers }, response) => {
    const path = new URL(url, 'http://feed').pathname;
    asked.push({ path, headers });
    // YAML reads JSON.
    if (path === '/latest-linux.yml') response.end(JSON.stringify(description));
    else if (path === `/${fileName}`) response.setHeader('content-length', newAppImage.length).end(newAppImage);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const apps = join(folder, 'apps');
  const appImage = join(apps, 'Heads-Up.AppImage');
  mkdirSync(apps);
  writeFileSync(appImage, oldAppImage, { mode: 0o755 });
  const resources = join(folder, 'resources');
  mkdirSync(resources);
  const feed = { provider: 'generic', url: `http://127.0.0.1:${port}`, updaterCacheDirName: 'updates' };
  writeFileSync(join(resources, 'app-update.yml'), JSON.stringify(feed));
  return {
    folder,
    appImage,
    started: join(apps, 'started'),
    resources,
    // The program that runs is Node here.
    environment: {
      APPIMAGE: appImage,
      APPDIR: dirname(process.execPath),
      XDG_CACHE_HOME: join(folder, 'cache'),
      TEST_UPDATER_ARCH: 'x64',
    },
    asked,
    remove: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}

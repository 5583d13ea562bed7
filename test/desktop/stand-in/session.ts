import type { Session } from 'electron';
import type { CdpSession } from './cdp.ts';
import { emitterNamed, provide } from './refuse-missing.ts';
import { settings } from './given-settings.ts';

type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];
type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0];

/** Electron's name of a permission, and Chromium's. */
const permissions = [
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['geolocation', 'geolocation'],
  ['idle-detection', 'idle-detection'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['notifications', 'notifications'],
] as const;

class StandInSession extends emitterNamed('Session') {
  check: CheckHandler = null;
  request: RequestHandler = null;

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.check = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.request = handler;
  }

  setDevicePermissionHandler(): void {
    // Headless Chromium offers no device that could be asked for.
  }

  setDisplayMediaRequestHandler(): void {
    // Nor a screen that could be shared.
  }
}

export const defaultSession = new StandInSession();

export const session = provide('session', {
  defaultSession,
  fromPartition: (): StandInSession => new StandInSession(),
});

/** Tells Chromium what the app's handler says of each permission, so that the page meets it as it would in Electron. */
export async function applyPermissions(browser: CdpSession, contents: object, url: string): Promise<void> {
  const { check } = defaultSession;
  await Promise.all(
    permissions.map(([name, chromiumName]) => {
      const isAllowed =
        check === null ||
        (check as (...args: unknown[]) => boolean)(contents, name, url, { isMainFrame: true, requestingUrl: url });
      return browser.send('Browser.setPermission', {
        permission: { name: chromiumName },
        setting: isAllowed ? 'granted' : 'denied',
        browserContextId: settings.browserContextId,
      });
    }),
  );
}

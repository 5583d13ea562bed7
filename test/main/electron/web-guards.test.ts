import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAppUrl } from '../../../main/electron/app-origin.ts';
import { guardWeb, isExternalLink } from '../../../main/electron/web-guards.ts';
import { externalLinks } from '../../../shared/external-links.ts';
import { hostileAddresses } from '../../fixtures/hostile-addresses.ts';

type Deps = Parameters<typeof guardWeb>[0];
type Listener = (...parts: unknown[]) => void;

/** What Electron emits: an object with an address, which a listener may refuse. */
function makeEvent(url = '') {
  const event = { url, isPrevented: false, preventDefault: () => void (event.isPrevented = true) };
  return event;
}

/** Electron's app and session as far as the guards look at them, and one page that comes into being under them. */
function setUp() {
  const appListeners = new Map<string, Listener>();
  const sessionListeners = new Map<string, Listener>();
  const pageListeners = new Map<string, Listener>();
  const handlers = new Map<string, (...parts: never[]) => unknown>();
  const opened: string[] = [];
  const keep = (name: string) => (handler: (...parts: never[]) => unknown) => void handlers.set(name, handler);
  guardWeb({
    app: { on: (name: string, listener: Listener) => appListeners.set(name, listener) },
    session: {
      on: (name: string, listener: Listener) => sessionListeners.set(name, listener),
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      setDisplayMediaRequestHandler: keep('display'),
    },
    openExternal: (url: string) => void opened.push(url),
  } as unknown as Deps);
  appListeners.get('web-contents-created')?.(
    {},
    {
      on: (name: string, listener: Listener) => pageListeners.set(name, listener),
      setWindowOpenHandler: keep('open'),
    },
  );

  const call = (name: string, ...parts: unknown[]): unknown => {
    const handler = handlers.get(name);
    if (handler === undefined) throw new Error(`Expected a handler for ${name}`);
    return (handler as (...parts: unknown[]) => unknown)(...parts);
  };
  const isRefused = (listeners: Map<string, Listener>, name: string, event = makeEvent(), ...parts: unknown[]) => {
    listeners.get(name)?.(event, ...parts);
    return event.isPrevented;
  };
  return {
    opened,
    call,
    isNavigationRefused: (name: string, url: string) => isRefused(pageListeners, name, makeEvent(url)),
    isWebviewRefused: () => isRefused(pageListeners, 'will-attach-webview'),
    isDownloadRefused: (url: string) =>
      isRefused(sessionListeners, 'will-download', makeEvent(), { getURL: () => url }),
    /** What the page's wish for a permission comes to, asked both ways. */
    isGranted: (permission: string, requestingUrl: string | undefined) => {
      let isGranted = false;
      call('request', {}, permission, (granted: boolean) => void (isGranted = granted), { requestingUrl });
      return { isGranted, isChecked: call('check', {}, permission, '', { requestingUrl }) };
    },
    trustCertificate: () => {
      const answers: boolean[] = [];
      const event = makeEvent();
      const answer = (isTrusted: boolean): void => void answers.push(isTrusted);
      appListeners.get('certificate-error')?.(event, {}, 'https://x.example/', 'expired', {}, answer, true);
      return answers;
    },
  };
}

const electronTypes = readFileSync(new URL('../../../node_modules/electron/electron.d.ts', import.meta.url), 'utf8');
const ownPages = ['app://heads-up/', 'app://heads-up/#/deliveries?state=unknown', 'app://heads-up/index.html'];
const navigations = ['will-navigate', 'will-frame-navigate', 'will-redirect'];

describe('where a page may go', () => {
  it('knows more than a hundred hostile addresses', () => {
    expect(new Set(hostileAddresses).size).toBe(hostileAddresses.length);
    expect(hostileAddresses.length).toBeGreaterThan(100);
  });

  it('takes no hostile address for its own', () => {
    expect(hostileAddresses.filter(isAppUrl)).toEqual([]);
    expect(ownPages.every(isAppUrl)).toBe(true);
  });

  it.each(navigations)('stays inside on %s', (name) => {
    const { isNavigationRefused } = setUp();
    expect(hostileAddresses.filter((url) => !isNavigationRefused(name, url))).toEqual([]);
    expect(ownPages.filter((url) => isNavigationRefused(name, url))).toEqual([]);
  });

  it('opens no window, and in the system browser only the pages that are listed', () => {
    const { call, opened } = setUp();
    const listed = Object.values(externalLinks);
    for (const url of [...hostileAddresses, ...ownPages, ...listed]) {
      expect(call('open', { url })).toEqual({ action: 'deny' });
    }
    expect(opened).toEqual(listed);
    expect(listed.every(isExternalLink)).toBe(true);
  });

  it('attaches no webview', () => {
    expect(setUp().isWebviewRefused()).toBe(true);
  });
});

describe('what a page may ask for', () => {
  /** Every name of Electron's own types, so that a new one is not forgotten. */
  const permissions = [
    ...new Set(
      [...electronTypes.matchAll(/setPermission(?:Request|Check)Handler\(handler: .*?permission: ([^,]+),/g)].flatMap(
        ([, names = '']) => [...names.matchAll(/'([^']+)'/g)].map(([, name = '']) => name),
      ),
    ),
  ];

  it('grants the clipboard for writing, to our page, and nothing else to anybody', () => {
    const { isGranted } = setUp();
    expect(permissions.length).toBeGreaterThan(40);
    const granted = (url: string | undefined) =>
      permissions.filter((permission) => {
        const answers = isGranted(permission, url);
        return answers.isGranted || answers.isChecked;
      });
    expect(granted('app://heads-up/')).toEqual(['clipboard-sanitized-write']);
    for (const url of [undefined, ...hostileAddresses]) expect(granted(url)).toEqual([]);
    expect(isGranted('clipboard-sanitized-write', 'app://heads-up/')).toEqual({ isGranted: true, isChecked: true });
  });

  it('gives it no device and no picture of the screen', () => {
    const { call } = setUp();
    for (const deviceType of ['hid', 'serial', 'usb']) {
      expect(call('device', { deviceType, origin: 'app://heads-up' })).toBe(false);
    }
    const streams: unknown[] = [];
    call('display', {}, (stream: unknown) => void streams.push(stream));
    expect(streams).toEqual([null]);
  });

  it('trusts no certificate that does not verify', () => {
    expect(setUp().trustCertificate()).toEqual([false]);
  });

  it('saves what the page has made in its memory and downloads nothing', () => {
    const { isDownloadRefused } = setUp();
    expect(isDownloadRefused('blob:app://heads-up/8c1c1d5e-7c1f-4b0e-8d6c-1f2f3a4b5c6d')).toBe(false);
    const others = [...hostileAddresses.filter((url) => !url.startsWith('blob:app://heads-up/')), ...ownPages];
    expect(others.filter((url) => !isDownloadRefused(url))).toEqual([]);
    expect(hostileAddresses.filter((url) => !isDownloadRefused(`blob:${url}`))).toEqual([]);
  });
});

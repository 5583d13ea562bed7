import { request as requestPlain, type ClientRequest, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import { emitterNamed, provide } from './refuse-missing.ts';

/** What was handed to the operating system, to open or to show. */
export const handedOver: { action: 'open' | 'open-path' | 'show'; target: string }[] = [];

export const shell = provide('shell', {
  openExternal: (target: string) => {
    handedOver.push({ action: 'open', target });
    return Promise.resolve();
  },
  openPath: (target: string) => {
    handedOver.push({ action: 'open-path', target });
    return Promise.resolve('');
  },
  showItemInFolder: (target: string) => void handedOver.push({ action: 'show', target }),
  beep: () => undefined,
});

class StandInPowerMonitor extends emitterNamed('powerMonitor') {
  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(): 'active' {
    return 'active';
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = new StandInPowerMonitor();

class StandInNativeTheme extends emitterNamed('nativeTheme') {
  shouldUseDarkColors = false;
  themeSource: 'system' | 'light' | 'dark' = 'system';
}

export const nativeTheme = new StandInNativeTheme();

class StandInAutoUpdater extends emitterNamed('autoUpdater') {}

/** The one that macOS brings; electron-updater tells it when it restarts the app. */
export const autoUpdater = new StandInAutoUpdater();

type NetOptions = RequestOptions & Readonly<{ session?: unknown; redirect?: unknown }>;

export const net = provide('net', {
  /** Node's request, which answers as Electron's does; without the system's proxy. */
  request: ({ session: _session, redirect: _redirect, ...options }: NetOptions): ClientRequest => {
    const request = (options.protocol === 'https:' ? requestSecure : requestPlain)(options);
    return Object.assign(request, { abort: () => request.destroy() });
  },
});

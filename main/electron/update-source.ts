import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AppUpdater, UpdateCheckResult, UpdateInfo } from 'electron-updater';
import type { UpdateSource } from './updater.ts';

/** The part of electron-updater that is used. */
export type AutoUpdater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'autoRunAppAfterInstall'
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'disableWebInstaller'
  | 'logger'
  | 'requestHeaders'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'on'
  | 'once'
  | 'removeListener'
>;

type SourceDeps = Readonly<{
  updater: AutoUpdater;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** The AppImage that runs; undefined for every other kind of installation. */
  appImage: string | undefined;
  /** The new version is started before this one has ended, and must not be sent away as a second one. */
  releaseLock: () => void;
}>;

const notesLimit = 4000;
/** On macOS the system's own updater still has to fetch and check the file. */
const installMs = 120_000;

/**
 * Loads the updater for this kind of installation; the bundle keeps it in a file of its own until then.
 *
 * By name: electron-updater's own choice may be one that runs a package manager as root.
 */
export async function loadUpdater(platform: NodeJS.Platform): Promise<AutoUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  if (platform === 'win32') return new NsisUpdater();
  return platform === 'darwin' ? new MacUpdater() : new AppImageUpdater();
}

/** electron-updater, told to do nothing by itself. It compares every file with the SHA-512 that the feed names. */
export function createUpdateSource({ updater, log, appImage, releaseLock }: SourceDeps): UpdateSource {
  updater.autoDownload = false;
  // The clean shutdown installs, after the engine has stopped.
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  // In place of an id of this installation, by which the feed could follow it.
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  updater.logger = {
    info: (message) => log('info', String(message)),
    warn: (message) => log('warn', String(message)),
    error: (message) => log('error', String(message)),
  };
  let newest: UpdateCheckResult | null = null;
  let downloaded: string | undefined;

  return {
    check: async () => {
      newest = await updater.checkForUpdates();
      if (newest === null) throw new Error('electron-updater does not work in this installation');
      const { isUpdateAvailable, updateInfo } = newest;
      // A feed that is a folder of files may name a prerelease, whatever electron-updater was told.
      const isRelease = /^\d+\.\d+\.\d+$/.test(updateInfo.version);
      return isUpdateAvailable && isRelease ? { version: updateInfo.version, notes: toPlainNotes(updateInfo) } : null;
    },
    download: async (onPercent, signal) => {
      const token = newest?.cancellationToken;
      const report = ({ percent }: Readonly<{ percent: number }>): void => onPercent(percent);
      const cancel = (): void => token?.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      updater.on('download-progress', report);
      try {
        [downloaded] = await updater.downloadUpdate(token);
      } finally {
        updater.removeListener('download-progress', report);
        signal.removeEventListener('abort', cancel);
      }
    },
    prepare: async () => {
      if (appImage === undefined || downloaded === undefined) return;
      // electron-updater removes the old file before it puts the new one in its place, so that has to work.
      const folder = dirname(appImage);
      await access(folder, constants.W_OK);
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize >= (await stat(downloaded)).size) return;
      throw Object.assign(new Error('Too little space beside the AppImage'), { code: 'ENOSPC' });
    },
    install: ({ restarts }) =>
      new Promise((resolve, reject) => {
        setTimeout(resolve, installMs).unref();
        updater.once('error', reject);
        updater.autoRunAppAfterInstall = restarts;
        if (restarts) releaseLock();
        updater.quitAndInstall(true, restarts);
      }),
  };
}

/** What the release says of itself. Some feeds give HTML: its tags go, so that a merchant reads words. */
export function toPlainNotes({ releaseNotes }: Pick<UpdateInfo, 'releaseNotes'>): string | null {
  const text = Array.isArray(releaseNotes)
    ? releaseNotes.map(({ version, note }) => `${version}\n${note ?? ''}`).join('\n\n')
    : (releaseNotes ?? '');
  const plain = text
    .slice(0, 10 * notesLimit)
    .replaceAll(/<li\b[^>]*>/gi, '- ')
    .replaceAll(/<\/(?:p|li|h\d|ul|ol|pre)>|<br\s*\/?>/gi, '\n')
    .replaceAll(/<\/?[a-z][^>]*>/gi, '')
    .replaceAll(/&(lt|gt|amp|quot|#39);/g, (_whole, name: string) => entities[name] ?? '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  if (plain === '') return null;
  return plain.length <= notesLimit ? plain : `${plain.slice(0, notesLimit - 1)}…`;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

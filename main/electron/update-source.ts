import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
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
  /** For macOS, whose own updater first fetches and checks the file. */
  installDeadlineMs?: number;
}>;

const notesLimit = 4000;

/**
 * Loads the updater for this kind of installation; the bundle keeps it in a file of its own until then.
 *
 * By name, because electron-updater's own choice on Linux would run a package manager as root.
 */
export async function loadUpdater(platform: NodeJS.Platform): Promise<AutoUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  if (platform === 'win32') return new NsisUpdater();
  return platform === 'darwin' ? new MacUpdater() : new AppImageUpdater();
}

/** electron-updater, told to do nothing by itself. It compares every file with the SHA-512 that the feed names. */
export function createUpdateSource({ updater, log, appImage, installDeadlineMs = 120_000 }: SourceDeps): UpdateSource {
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
        await updater.downloadUpdate(token);
      } finally {
        updater.removeListener('download-progress', report);
        signal.removeEventListener('abort', cancel);
      }
    },
    prepare: async () => {
      // It is replaced by another file in the same folder.
      if (appImage !== undefined) await access(dirname(appImage), constants.W_OK);
    },
    install: ({ restarts }) =>
      new Promise((resolve, reject) => {
        setTimeout(resolve, installDeadlineMs).unref();
        updater.once('error', reject);
        updater.autoRunAppAfterInstall = restarts;
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

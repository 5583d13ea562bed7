import { join, sep } from 'node:path';

/** The AppImage that this program runs from; undefined for every other kind of installation. */
export function findAppImage(
  environment: Readonly<Record<string, string | undefined>>,
  execPath: string,
): string | undefined {
  const { APPIMAGE: appImage, APPDIR: mountedAt } = environment;
  // Both are inherited by every program that an AppImage starts, so they may be another one's.
  return mountedAt !== undefined && execPath.startsWith(join(mountedAt, sep)) ? appImage : undefined;
}

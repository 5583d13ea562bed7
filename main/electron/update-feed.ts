import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Advice } from './update-failure.ts';

export type Installation = Readonly<{
  isPackaged: boolean;
  platform: NodeJS.Platform;
  /** Where electron-builder puts what describes the build. */
  resourcesFolder: string;
  /** On Linux: the AppImage that runs. */
  appImage: string | undefined;
}>;

/** Why this installation cannot update itself; null when it can. */
export function findUpdateObstacle({ isPackaged, platform, resourcesFolder, appImage }: Installation): Advice | null {
  if (!isPackaged) {
    return {
      message: 'Heads Up runs from its sources here and does not update itself.',
      nextStep: 'Get the newer sources into its folder and start it again.',
    };
  }
  if (!existsSync(join(resourcesFolder, 'app-update.yml'))) {
    return {
      message: 'This build has no update feed.',
      nextStep: 'Install a newer version by hand over this one; everything that is saved stays.',
    };
  }
  // Replacing its one file is the whole update of an AppImage. A package belongs to its manager.
  if (platform === 'linux' && appImage === undefined) {
    return {
      message: 'Heads Up was installed as a package, which does not update itself.',
      nextStep: 'Install the newer package over this one; everything that is saved stays.',
    };
  }
  return null;
}

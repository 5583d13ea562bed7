import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The files a host needs beside itself. */
export type RuntimeFiles = Readonly<{
  workerUrl: URL;
  rendererFolder: string;
  preloadPath: string;
  /** `window.png`, and `tray-<state>` as .ico, as .png and as Template.png, which macOS colours itself. */
  iconsFolder: string;
  version: string;
}>;

const packageSchema = z.object({ version: z.string() });

/** Finds them for an entry in `dist/main`, or for one run from `main` as TypeScript, whose window is still the built one. */
export function findRuntimeFiles(entryUrl: string): RuntimeFiles {
  const isSource = entryUrl.endsWith('.ts');
  const root = new URL(isSource ? '../' : '../../', entryUrl);
  const packageJson: unknown = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  return {
    workerUrl: new URL(isSource ? 'main/engine/worker.ts' : 'dist/main/engine-worker.js', root),
    rendererFolder: fileURLToPath(new URL('dist/renderer/', root)),
    preloadPath: fileURLToPath(new URL('dist/preload/index.cjs', root)),
    iconsFolder: fileURLToPath(new URL(isSource ? 'assets/icons/runtime/' : 'dist/main/icons/', root)),
    version: packageSchema.parse(packageJson).version,
  };
}

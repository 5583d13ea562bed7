import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Below node_modules, because the bundle looks for the native module from where it lies. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/heads-up-crash/', import.meta.url));

export type ProcessBundle = Readonly<{
  entry: string;
  /** Code that V8 has compiled is kept between the hundreds of starts. */
  compileCache: string;
}>;

const HOUR_MS = 3_600_000;

const bundled = new Map<string, Promise<ProcessBundle>>();

/**
 * The entry of a process as one file, as the product ships its engine: it starts in half the time of its sources, and
 * the crash tests start it hundreds of times.
 */
export function bundleProcess(source: URL): Promise<ProcessBundle> {
  const path = fileURLToPath(source);
  const bundle = bundled.get(path) ?? bundleOnce(path);
  bundled.set(path, bundle);
  return bundle;
}

async function bundleOnce(source: string): Promise<ProcessBundle> {
  removeOldBundles();
  const name = basename(source, '.ts');
  // Test files run at the same time, each in a process of its own.
  const outDir = join(cache, String(process.pid), name);
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: source,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.mjs` } },
    },
  });
  const compileCache = join(outDir, 'compiled');
  mkdirSync(compileCache);
  return { entry: join(outDir, `${name}.mjs`), compileCache };
}

/** A test's process may be ended before it can tidy up, so the next one does. */
function removeOldBundles(): void {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > HOUR_MS) rmSync(folder, { recursive: true, force: true });
  }
}

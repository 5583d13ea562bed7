import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const DAY_MS = 86_400_000;
const executables = /** @type {Partial<Record<NodeJS.Platform, string>>} */ ({
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
});
/** @type {Readonly<Record<string, string>>} */
const causes = {
  EACCES: 'node_modules/electron cannot be written',
  ECONNREFUSED: 'its server is not there',
  ECONNRESET: 'the connection broke off',
  ENOSPC: 'the disk is full',
  UND_ERR_SOCKET: 'the connection broke off',
};

/** @typedef {{ transferred: number, total: number | null }} Progress bytes; null where the server does not say how many */

/**
 * Fetches the Electron runtime and installs it as its package would: its version, checksums, cache and extractor.
 *
 * Whatever interrupts it, there is the whole runtime or none: path.txt, by which it is found, is written last.
 *
 * @param {object} options
 * @param {string} options.root
 * @param {AbortSignal} options.signal
 * @param {(progress: Progress) => void} options.onProgress
 * @param {number} [options.firstByteMs] how long the first byte may take
 * @param {number} [options.stallMs] how long each of the others may take
 */
export async function fetchRuntime({ root, signal, onProgress, firstByteMs = 6000, stallMs = 30_000 }) {
  const folder = toFolder(root);
  // From its folder: these are packages of the package, not of the project.
  const load = createRequire(join(folder, 'package.json'));
  const { downloadArtifact } = /** @type {typeof import('@electron/get')} */ (load('@electron/get'));
  const { extract } = /** @type {typeof import('@electron-internal/extract-zip')} */ (
    load('@electron-internal/extract-zip')
  );
  const silence = new AbortController();
  const waitFor = (/** @type {number} */ ms) =>
    setTimeout(() => silence.abort(new Error(`nothing came for ${ms / 1000} seconds`)), ms);
  let patience = waitFor(firstByteMs);
  try {
    const zip = await downloadArtifact({
      version: readVersion(root),
      artifactName: 'electron',
      checksums: /** @type {Record<string, string>} */ (readJson(join(folder, 'checksums.json'))),
      ...(process.env['electron_config_cache'] && { cacheRoot: process.env['electron_config_cache'] }),
      downloadOptions: {
        quiet: true,
        signal: AbortSignal.any([signal, silence.signal]),
        getProgressCallback: (/** @type {Progress} */ progress) => {
          clearTimeout(patience);
          patience = waitFor(stallMs);
          onProgress(progress);
        },
      },
    });
    clearTimeout(patience);
    rmSync(join(folder, 'path.txt'), { force: true });
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    await extract(zip, { dir: join(folder, 'dist') });
    signal.throwIfAborted();
    writeFileSync(join(folder, 'path.txt'), executables[process.platform] ?? 'electron');
  } catch (error) {
    throw silence.signal.aborted ? silence.signal.reason : error;
  } finally {
    clearTimeout(patience);
  }
}

/**
 * Why the runtime is not to be fetched on this machine, after "The desktop runtime"; null when nothing speaks against it.
 *
 * A failure is remembered for a day, so that a machine without network does not wait for it at every start.
 *
 * @param {string} root
 * @param {Record<string, string | undefined>} environment
 * @param {number} now epoch ms
 * @returns {string | null}
 */
export function findFetchObstacle(root, environment, now) {
  if (!existsSync(join(toFolder(root), 'package.json'))) return 'was not installed with the packages';
  if (environment['ELECTRON_OVERRIDE_DIST_PATH']) return 'is not where ELECTRON_OVERRIDE_DIST_PATH says';
  if (environment['CI']) return 'is not here and is not fetched in CI';
  const failure = readFailure(root);
  const isFresh = failure?.version === readVersion(root) && now >= failure.at && now < failure.at + DAY_MS;
  return isFresh ? describeFetchFailure(failure.cause) : null;
}

/**
 * What `npm start` says of a failure, after "The desktop runtime".
 *
 * @param {string} cause
 */
export function describeFetchFailure(cause) {
  return `could not be fetched: ${cause} (npm start -- --fetch tries again)`;
}

/**
 * @param {string} root
 * @param {string} cause
 * @param {number} now epoch ms
 */
export function rememberFailure(root, cause, now) {
  const path = toMemory(root);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify({ version: readVersion(root), at: now, cause }));
  } catch {
    // Packages that somebody else installed: the next start waits once more, which is all that is lost.
  }
}

/** @param {string} root */
export function forgetFailure(root) {
  rmSync(toMemory(root), { force: true });
}

/**
 * The cause of a failure as part of a sentence: without a full stop, and without the address, which may hold a password.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function toFetchCause(error) {
  if (!(error instanceof Error)) return String(error);
  if ('response' in error && error.response instanceof Response) {
    return `${new URL(error.response.url).host} answered ${error.response.status}`;
  }
  if (/checksum/i.test(error.message)) return 'what came does not have the right checksum';
  // What fetch throws says only that it failed; the system's own error is its cause.
  const { code, hostname } = /** @type {NodeJS.ErrnoException & { hostname?: string }} */ (error.cause ?? error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${hostname ?? 'its server'} was not found`;
  return code === undefined ? error.message : (causes[code] ?? code);
}

/** @param {string} root */
const toFolder = (root) => join(root, 'node_modules', 'electron');
/** @param {string} root */
const toMemory = (root) => join(root, 'node_modules', '.cache', 'heads-up', 'runtime-fetch.json');

/**
 * @param {string} root
 * @returns {string}
 */
function readVersion(root) {
  return /** @type {{ version: string }} */ (readJson(join(toFolder(root), 'package.json'))).version;
}

/** @param {string} root */
function readFailure(root) {
  try {
    return /** @type {{ version: string, at: number, cause: string }} */ (readJson(toMemory(root)));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} path
 * @returns {unknown}
 */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

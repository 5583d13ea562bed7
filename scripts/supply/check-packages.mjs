/**
 * @typedef {{
 *   dependencies?: Record<string, string>,
 *   devDependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>,
 *   allowScripts?: Record<string, boolean>,
 * }} Manifest
 * @typedef {{ version?: string, integrity?: string, resolved?: string, hasInstallScript?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {{ name: string, version: string, identifier: string | null }} Shipped
 */

/** Licences that ask for no more than to be named, so that a notice is all that is owed. */
const permissive = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Apache-2.0', 'Unlicense'];

/** What ships may have so many packages; one more is a decision, not an accident. */
export const SHIPPED_BUDGET = 165;

/**
 * Whether what is installed is what was chosen: one version each, known by its hash, with no script that runs at the install.
 *
 * @param {Manifest} manifest
 * @param {Lock} lock
 * @returns {string[]} what is wrong
 */
export function checkLock(manifest, lock) {
  const { dependencies, devDependencies, optionalDependencies, allowScripts = {} } = manifest;
  const chosen = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
  const scripted = locked
    .filter(([, { hasInstallScript = false }]) => hasInstallScript)
    .map(([path]) => nameOfPath(path));
  return [
    ...chosen
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name} is asked for as ${version}, not as one version.`),
    ...locked
      .filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))
      .map(([path]) => `${path} has no SHA-512 in the lock file.`),
    ...locked
      .filter(([, { resolved, link = false }]) => resolved !== undefined || link)
      .map(([path]) => `${path} comes from an address of its own.`),
    ...scripted
      .filter((name) => !(name in allowScripts))
      .map((name) => `${name} has an install script that allowScripts does not list.`),
    ...Object.keys(allowScripts)
      .filter((name) => locked.every(([path]) => nameOfPath(path) !== name))
      .map((name) => `allowScripts lists ${name}, which is not installed.`),
    ...Object.entries(allowScripts)
      .filter(([, isAllowed]) => isAllowed)
      .map(([name]) => `${name} may run a script at the install.`),
  ];
}

/**
 * @param {readonly Shipped[]} shipped
 * @returns {string[]} what is wrong
 */
export function checkShipped(shipped) {
  const problems = shipped
    .filter(({ identifier }) => identifier === null || !permissive.includes(identifier))
    .map(({ name, identifier }) => `${name} has the licence ${identifier ?? 'none'}, which is not on the list.`);
  if (shipped.length > SHIPPED_BUDGET) problems.push(`${shipped.length} packages ship, more than ${SHIPPED_BUDGET}.`);
  return problems;
}

/** @param {string} path of the lock file, as `node_modules/a/node_modules/@b/c` */
function nameOfPath(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

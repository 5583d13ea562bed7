import { join } from 'node:path';

/**
 * A packed app on disk.
 *
 * @typedef {object} PackedApp
 * @property {NodeJS.Platform} system
 * @property {NodeJS.Architecture} arch
 * @property {string} folder what would be copied to install it
 * @property {string} executable what starts it
 * @property {string} fuseCarrier the file with Electron's fuses
 * @property {string} archive `app.asar`
 * @property {string | null} integrityRecord where the archive's hash is kept; Linux has no such place
 */

/**
 * Where the packager puts an app that is not yet wrapped into an installer.
 *
 * @param {string} output
 * @param {PackedApp['system']} system
 * @param {PackedApp['arch']} arch
 * @returns {PackedApp}
 */
export function findPackedApp(output, system, arch) {
  if (system === 'darwin') {
    const folder = join(output, arch === 'x64' ? 'mac' : `mac-${arch}`, 'Heads Up.app');
    const contents = join(folder, 'Contents');
    return {
      system,
      arch,
      folder,
      executable: join(contents, 'MacOS', 'Heads Up'),
      fuseCarrier: join(contents, 'Frameworks', 'Electron Framework.framework', 'Electron Framework'),
      archive: join(contents, 'Resources', 'app.asar'),
      integrityRecord: join(contents, 'Info.plist'),
    };
  }
  const name = system === 'win32' ? 'win' : 'linux';
  const folder = join(output, arch === 'x64' ? `${name}-unpacked` : `${name}-${arch}-unpacked`);
  const executable = join(folder, system === 'win32' ? 'Heads Up.exe' : 'heads-up');
  return {
    system,
    arch,
    folder,
    executable,
    fuseCarrier: executable,
    archive: join(folder, 'resources', 'app.asar'),
    integrityRecord: system === 'win32' ? executable : null,
  };
}

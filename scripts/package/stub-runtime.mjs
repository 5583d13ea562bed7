import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { writeFuses } from './fuses.mjs';

/** @typedef {'linux' | 'win32' | 'darwin'} System */

/**
 * Writes a folder that the packager takes for the Electron runtime: the names it looks for, and a program that does nothing
 * but carries the fuses as Electron ships them. Enough to see what is packed around the true one.
 *
 * @param {string} folder
 * @param {System} system
 */
export function writeStubRuntime(folder, system) {
  const files = listFiles[system]();
  for (const [name, content] of Object.entries({ ...files, LICENSE: '', 'LICENSES.chromium.html': '', version: '' })) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, 0o755);
  }
}

const besideProgram = { 'resources/kept': '', 'locales/en-US.pak': '', 'locales/de.pak': '' };

/** @type {Record<System, () => Record<string, string | Buffer>>} */
const listFiles = {
  linux: () => ({ ...besideProgram, electron: writeFuses() }),
  win32: () => ({ ...besideProgram, 'electron.exe': Buffer.concat([writeWindowsProgram(), writeFuses()]) }),
  darwin: () => {
    const contents = 'Electron.app/Contents';
    const framework = `${contents}/Frameworks/Electron Framework.framework`;
    const helper = `${contents}/Frameworks/Electron Helper.app/Contents`;
    const plist = '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict></dict></plist>';
    return {
      [`${contents}/Info.plist`]: plist,
      [`${contents}/MacOS/Electron`]: '',
      [`${contents}/Resources/en.lproj/locale.pak`]: '',
      [`${framework}/Electron Framework`]: writeFuses(),
      [`${framework}/Versions/A/Resources/en.lproj/locale.pak`]: '',
      [`${helper}/Info.plist`]: plist,
      [`${helper}/MacOS/Electron Helper`]: '',
    };
  },
};

/** The packager adds to what a Windows program says about itself, so it has to be one and to say something. */
function writeWindowsProgram() {
  const program = NtExecutable.createEmpty();
  const resources = NtExecutableResource.from(program);
  const about = Resource.VersionInfo.createEmpty();
  about.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  about.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return Buffer.from(program.generate());
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { validateConfiguration as validate, getConfig } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { Arch, build, Platform } from 'electron-builder';
import { findPackedApp } from './layout.mjs';
import { writeStubRuntime } from './stub-runtime.mjs';

/** @typedef {import('./layout.mjs').PackedApp} PackedApp */

/**
 * What the packager itself finds wrong with electron-builder.yml.
 *
 * @param {string} root
 * @param {import('electron-builder').Configuration | null} changes laid over the file
 * @returns {Promise<string[]>}
 */
export async function checkConfiguration(root, changes = null) {
  try {
    await validate(await getConfig(root, null, changes), new DebugLogger(false));
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * Packs the built app for every system that it is released for, by electron-builder.yml, around runtimes that only look like
 * one: nothing is downloaded, and no system's own tools are needed. No installers, no signatures; of macOS one of its two.
 *
 * @param {string} root
 * @param {string} output
 * @returns {Promise<PackedApp[]>}
 */
export async function packWithStub(root, output) {
  const stubs = join(output, 'stub-runtimes');
  rmSync(stubs, { recursive: true, force: true });
  for (const system of /** @type {const} */ (['linux', 'win32', 'darwin']))
    writeStubRuntime(join(stubs, system), system);
  await build({
    projectDir: root,
    publish: 'never',
    targets: new Map([
      ...Platform.LINUX.createTarget('dir', Arch.x64),
      ...Platform.WINDOWS.createTarget('dir', Arch.x64),
      ...Platform.MAC.createTarget('dir', Arch.arm64),
    ]),
    config: {
      directories: { output },
      electronDist: ({ platformName }) => join(stubs, platformName),
      // Needs a tool from the network; only what a person sees in the program's properties goes without a check.
      win: { signAndEditExecutable: false },
    },
  });
  return [
    findPackedApp(output, 'linux', 'x64'),
    findPackedApp(output, 'win32', 'x64'),
    findPackedApp(output, 'darwin', 'arm64'),
  ];
}

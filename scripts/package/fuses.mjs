import { readFileSync, writeFileSync } from 'node:fs';

/** Stands in Electron's program before its fuses: a version, their count, and a character for each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;

/**
 * Electron's fuses in the order of the wire: as Electron ships them, and as Heads Up is packed.
 *
 * The packager sets all but the last, which it does not know; that one is shipped as we want it.
 */
export const fuses = {
  runAsNode: { shipped: true, packed: false },
  enableCookieEncryption: { shipped: false, packed: true },
  enableNodeOptionsEnvironmentVariable: { shipped: true, packed: false },
  enableNodeCliInspectArguments: { shipped: true, packed: false },
  enableEmbeddedAsarIntegrityValidation: { shipped: false, packed: true },
  onlyLoadAppFromAsar: { shipped: false, packed: true },
  loadBrowserProcessSpecificV8Snapshot: { shipped: false, packed: false },
  grantFileProtocolExtraPrivileges: { shipped: true, packed: false },
  wasmTrapHandlers: { shipped: true, packed: true },
};

/** The fuses as they stand in Electron's program before anything is packed. */
export function writeFuses() {
  const states = Object.values(fuses).map(({ shipped }) => (shipped ? '1' : '0'));
  return Buffer.from(`${FUSE_SENTINEL}${String.fromCharCode(WIRE_VERSION, states.length)}${states.join('')}`, 'latin1');
}

/**
 * Turns one fuse of a packed program.
 *
 * @param {string} program its path; on macOS that of Electron's framework
 * @param {keyof typeof fuses} name
 * @param {boolean} isOn
 */
export function turnFuse(program, name, isOn) {
  const bytes = readFileSync(program);
  const wire = findWire(bytes);
  if (wire === null) throw new Error('The program has no fuses.');
  wire.write(isOn ? '1' : '0', 2 + Object.keys(fuses).indexOf(name), 'latin1');
  writeFileSync(program, bytes);
}

/**
 * What is wrong with the fuses of a packed program. A fuse that is new in Electron is wrong until somebody has decided about it.
 *
 * @param {string} program its path; on macOS that of Electron's framework
 * @returns {string[]}
 */
export function checkFuses(program) {
  const wire = findWire(readFileSync(program));
  if (wire === null) return ['The program has no fuses.'];
  const expected = Object.entries(fuses);
  if (wire[0] !== WIRE_VERSION) return [`The fuses are of version ${wire[0]}, not ${WIRE_VERSION}.`];
  if (wire[1] !== expected.length)
    return [`The program has ${wire[1]} fuses, not the ${expected.length} that are decided about.`];
  return expected.flatMap(([name, { packed }], place) => {
    const state = String.fromCharCode(wire[2 + place] ?? 0);
    if (state === (packed ? '1' : '0')) return [];
    return [`The fuse ${name} is "${state}", not "${packed ? '1' : '0'}".`];
  });
}

/**
 * The fuses within a program, from their version on: the same memory, not a copy.
 *
 * @param {Buffer} program
 */
function findWire(program) {
  const sentinel = program.indexOf(FUSE_SENTINEL, 0, 'latin1');
  return sentinel === -1 ? null : program.subarray(sentinel + FUSE_SENTINEL.length);
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';

const require = createRequire(import.meta.url);
const isReady = initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));

/** Middle tones: each stands out from a light bar as well as from a dark one. The mark inside says the same without colour. */
const trayColours = /** @type {const} */ ({ running: '#12859a', paused: '#747b82', attention: '#c2570c' });
/** The sizes that Windows shows a tray icon in, at 100 to 300 percent. */
const WINDOWS_TRAY_SIZES = [16, 20, 24, 32, 40, 48];
const WINDOWS_APP_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];
const LINUX_APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const MAC_APP_SIZES = /** @type {const} */ ([
  ['ic04', 16],
  ['ic05', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]);

/**
 * Draws every icon from `assets/icon.svg`. The same drawing gives the same bytes on every machine.
 *
 * @param {string} svg
 * @returns {Promise<Map<string, Uint8Array>>} by path, from the root of the project
 */
export async function drawIcons(svg) {
  await isReady;
  /** @type {Map<string, Uint8Array>} */
  const files = new Map([['renderer/public/favicon.svg', Buffer.from(svg)]]);
  files.set('assets/icons/app.ico', await packIco(svg, WINDOWS_APP_SIZES));
  files.set('assets/icons/app.icns', await packIcns(svg));
  for (const size of LINUX_APP_SIZES) files.set(`assets/icons/linux/${size}x${size}.png`, draw(svg, size));

  const runtime = 'assets/icons/runtime';
  files.set(`${runtime}/window.png`, draw(svg, 256));
  for (const [state, colour] of Object.entries(trayColours)) {
    const tray = fillTray(svg, state, colour);
    files.set(`${runtime}/tray-${state}.ico`, await packIco(tray, WINDOWS_TRAY_SIZES));
    files.set(`${runtime}/tray-${state}.png`, draw(tray, 24));
    files.set(`${runtime}/tray-${state}@2x.png`, draw(tray, 48));
    // macOS colours it itself, and knows it by the end of its name.
    const template = cutTray(svg, state);
    files.set(`${runtime}/tray-${state}Template.png`, draw(template, 16));
    files.set(`${runtime}/tray-${state}Template@2x.png`, draw(template, 32));
  }
  return files;
}

/**
 * @param {string} svg
 * @param {number} size pixels
 */
function draw(svg, size) {
  const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } });
  const image = drawing.render();
  const png = image.asPng();
  image.free();
  drawing.free();
  return png;
}

/**
 * @param {string} svg
 * @param {readonly number[]} sizes
 */
async function packIco(svg, sizes) {
  const ico = new IconIco();
  // The PNG bytes as drawn: packed anew they would depend on the zlib of the Node that runs this.
  for (const size of sizes) await ico.addFromPng(draw(svg, size), null, true);
  return ico.encode();
}

/** @param {string} svg */
async function packIcns(svg) {
  const icns = new IconIcns();
  icns.toc = true;
  // The grid of macOS leaves 100 of 1024 pixels free around the tile.
  const margin = (32 * 100) / 824;
  const side = 32 + 2 * margin;
  const onGrid = svg.replace('viewBox="0 0 32 32"', `viewBox="${-margin} ${-margin} ${side} ${side}"`);
  for (const [type, size] of MAC_APP_SIZES) await icns.addFromPng(draw(onGrid, size), [type], true);
  return icns.encode();
}

/**
 * The bubble in the colour of the state, its mark in white.
 *
 * @param {string} svg
 * @param {string} state
 * @param {string} colour
 */
function fillTray(svg, state, colour) {
  return putOnTray(svg, `<use href="#bubble" fill="${colour}"/><use href="#${state}" stroke="#fff"/>`);
}

/**
 * The bubble in black, its mark cut out of it.
 *
 * @param {string} svg
 * @param {string} state
 */
function cutTray(svg, state) {
  const mask = `<mask id="cut"><use href="#bubble" fill="#fff"/><use href="#${state}" stroke="#000"/></mask>`;
  return putOnTray(svg, `${mask}<rect width="32" height="32" mask="url(#cut)"/>`);
}

/**
 * @param {string} svg
 * @param {string} picture
 */
function putOnTray(svg, picture) {
  const [shapes] = /<defs>.*<\/defs>/s.exec(svg) ?? [];
  if (shapes === undefined) throw new Error('Expected the shapes in <defs>');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="4.69 4.69 22 22">${shapes}${picture}</svg>`;
}

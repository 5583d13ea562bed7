import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawIcons } from '../../scripts/icons.mjs';

const root = new URL('../../', import.meta.url);
const read = (path: string): Buffer => readFileSync(new URL(path, root));

let drawn = new Map<string, Uint8Array>();
beforeAll(async () => {
  drawn = await drawIcons(read('assets/icon.svg').toString());
});

it('has every icon as it is drawn today', () => {
  const differing = [...drawn].filter(([path, bytes]) => !read(path).equals(bytes)).map(([path]) => path);
  expect(differing, 'after a change of the drawing: npm run icons').toEqual([]);
});

it('gives every PNG the size in its name', () => {
  const sizeOf = (path: string): number => read(path).readUInt32BE(16);
  const linux = [...drawn.keys()].filter((path) => path.startsWith('assets/icons/linux/'));
  expect(linux.map((path) => `${sizeOf(path)}x${sizeOf(path)}.png`)).toEqual(
    linux.map((path) => path.split('/').at(-1)),
  );
  for (const state of ['running', 'paused', 'attention']) {
    const sizes = ['.png', '@2x.png', 'Template.png', 'Template@2x.png'].map((end) =>
      sizeOf(`assets/icons/runtime/tray-${state}${end}`),
    );
    expect(sizes).toEqual([24, 48, 16, 32]);
  }
});

it('packs for Windows what each scale of the screen needs', () => {
  const sizesOf = (path: string): number[] => {
    const ico = read(path);
    // A width of 256 is written as 0.
    return Array.from({ length: ico.readUInt16LE(4) }, (_, place) => ico[6 + 16 * place] || 256);
  };
  expect(sizesOf('assets/icons/app.ico')).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
  expect(sizesOf('assets/icons/runtime/tray-paused.ico')).toEqual([16, 20, 24, 32, 40, 48]);
});

it('packs for macOS every size up to 1024 pixels', () => {
  const icns = read('assets/icons/app.icns');
  const types: string[] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) types.push(icns.toString('latin1', at, at + 4));
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  expect(types).toEqual(['TOC ', 'ic04', 'ic05', 'ic11', 'ic12', 'ic07', 'ic08', 'ic13', 'ic09', 'ic14', 'ic10']);
});

describe('the tray', () => {
  /** Red, green, blue and opacity of each pixel. */
  function pixelsOf(name: string): number[][] {
    const png = read(`assets/icons/runtime/${name}`);
    const size = png.readUInt32BE(16);
    const image = `<image width="${size}" height="${size}" href="data:image/png;base64,${png.toString('base64')}"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${image}</svg>`;
    const { pixels } = new Resvg(svg).render();
    return Array.from({ length: size * size }, (_, place) => [...pixels.subarray(place * 4, place * 4 + 4)]);
  }

  it('gives macOS templates of black and opacity alone, with the mark cut out', () => {
    for (const state of ['running', 'paused', 'attention']) {
      const pixels = pixelsOf(`tray-${state}Template@2x.png`);
      expect(pixels.every(([red, green, blue]) => red === 0 && green === 0 && blue === 0)).toBe(true);
      const opacities = new Set(pixels.map(([, , , opacity]) => opacity));
      expect(opacities.has(0) && opacities.has(255)).toBe(true);
    }
  });

  it('tells its three states apart without colour', () => {
    const shapes = ['running', 'paused', 'attention'].map((state) =>
      pixelsOf(`tray-${state}Template.png`)
        .map(([, , , opacity]) => opacity)
        .join(),
    );
    expect(new Set(shapes).size).toBe(3);
  });
});

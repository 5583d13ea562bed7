import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlace, fitInto, type Area } from '../../../main/electron/window-place.ts';

const laptop: Area = { x: 0, y: 25, width: 1440, height: 875 };
const beside: Area = { x: 1440, y: 0, width: 2560, height: 1440 };
const left: Area = { x: -1920, y: -200, width: 1920, height: 1080 };

describe('where the window opens', () => {
  it('is in the middle of the primary display the first time, and no larger than it', () => {
    expect(findPlace(null, [laptop, beside])).toEqual({ x: 80, y: 43, width: 1280, height: 840, isMaximized: false });
    expect(findPlace(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({
      x: 0,
      y: 0,
      width: 1024,
      height: 700,
      isMaximized: false,
    });
  });

  it.each([
    ['on the primary display', { x: 100, y: 60, width: 1000, height: 700 }],
    ['on the display beside it', { x: 1500, y: 100, width: 1600, height: 1000 }],
    ['on a display to the left, at negative coordinates', { x: -1900, y: -150, width: 900, height: 600 }],
  ])('is where it was, %s', (_where, bounds) => {
    for (const isMaximized of [true, false]) {
      expect(findPlace({ ...bounds, isMaximized }, [laptop, beside, left])).toEqual({ ...bounds, isMaximized });
    }
  });

  it('is in the middle of the primary display when its own is gone', () => {
    const place = { x: 1500, y: 100, width: 1200, height: 800, isMaximized: true };
    expect(findPlace(place, [laptop])).toEqual({ x: 120, y: 63, width: 1200, height: 800, isMaximized: true });
  });

  it('is whole on the display that showed most of it', () => {
    expect(fitInto({ x: 1300, y: 500, width: 1000, height: 600 }, [laptop, beside])).toEqual({
      x: 1440,
      y: 500,
      width: 1000,
      height: 600,
    });
    expect(fitInto({ x: -300, y: 700, width: 1000, height: 600 }, [laptop])).toEqual({
      x: 0,
      y: 300,
      width: 1000,
      height: 600,
    });
  });

  it('shrinks with its display, and is never a sliver', () => {
    expect(fitInto({ x: 0, y: 0, width: 3840, height: 2000 }, [laptop])).toEqual(laptop);
    expect(fitInto({ x: 0, y: 1258, width: 1, height: 22 }, [laptop])).toMatchObject({ width: 720, height: 520 });
  });

  it('is whole on one display, whatever was remembered and whatever is plugged in', () => {
    const coordinate = fc.integer({ min: -5000, max: 5000 });
    const area = fc.record({
      x: coordinate,
      y: coordinate,
      width: fc.integer({ min: 320, max: 4000 }),
      height: fc.integer({ min: 240, max: 3000 }),
    });
    const size = fc.integer({ min: 0, max: 6000 });
    const bounds = fc.record({ x: coordinate, y: coordinate, width: size, height: size });
    fc.assert(
      fc.property(area, fc.array(area, { maxLength: 3 }), bounds, (primary, others, before) => {
        const areas: [Area, ...Area[]] = [primary, ...others];
        const after = fitInto(before, areas);
        expect(areas.some((display) => isInside(after, display))).toBe(true);
      }),
    );
  });
});

function isInside(inner: Area, outer: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

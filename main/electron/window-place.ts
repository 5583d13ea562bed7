import { z } from 'zod';

export const windowPlaceSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  isMaximized: z.boolean(),
});
/** Where the window was, in the screen's own pixels. The bounds are those that it has when it is not maximised. */
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

export type Area = Readonly<{ x: number; y: number; width: number; height: number }>;

export const smallestWindow = { width: 720, height: 520 } as const;
const usualWindow = { width: 1280, height: 840 } as const;

/**
 * Where the window opens: where it was, as far as the displays allow, and whole on one of them.
 *
 * `areas` are the displays' work areas, the primary display's first. A display may be gone, smaller, or elsewhere than it
 * was; a window that nobody can reach is worse than one that has moved.
 */
export function findPlace(remembered: WindowPlace | null, areas: readonly [Area, ...Area[]]): WindowPlace {
  if (remembered === null) return { ...centre(usualWindow, areas[0]), isMaximized: false };
  return { ...fitInto(remembered, areas), isMaximized: remembered.isMaximized };
}

/** The bounds, moved and shrunk until they are whole on the display that shows most of them. */
export function fitInto(bounds: Area, areas: readonly [Area, ...Area[]]): Area {
  const overlaps = areas.map((area) => ({ area, pixels: measureOverlap(bounds, area) }));
  const best = overlaps.reduce((most, one) => (one.pixels > most.pixels ? one : most));
  if (best.pixels === 0) return centre(bounds, areas[0]);
  const { area } = best;
  const { width, height } = limit(bounds, area);
  return {
    x: Math.min(Math.max(bounds.x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(bounds.y, area.y), area.y + area.height - height),
    width,
    height,
  };
}

function measureOverlap(one: Area, other: Area): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}

function centre(size: Readonly<{ width: number; height: number }>, area: Area): Area {
  const { width, height } = limit(size, area);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}

/** No larger than the display, and no smaller than the window may be where the display has room for that. */
function limit(size: Readonly<{ width: number; height: number }>, area: Area): { width: number; height: number } {
  return {
    width: Math.min(Math.max(size.width, smallestWindow.width), area.width),
    height: Math.min(Math.max(size.height, smallestWindow.height), area.height),
  };
}

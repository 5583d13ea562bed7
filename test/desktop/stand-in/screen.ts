import type { Display, Point, Rectangle } from 'electron';
import { emitterNamed } from './refuse-missing.ts';

type KnownDisplay = Pick<Display, 'id' | 'bounds' | 'workArea' | 'scaleFactor'>;

const barHeight = 27;

function makeDisplay(bounds: Rectangle, id: number): KnownDisplay {
  const workArea = { ...bounds, y: bounds.y + barHeight, height: bounds.height - barHeight };
  return { id, bounds, workArea, scaleFactor: 1 };
}

function overlap(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return width > 0 && height > 0 ? width * height : 0;
}

class StandInScreen extends emitterNamed('screen') {
  private displays = [makeDisplay({ x: 0, y: 0, width: 1920, height: 1080 }, 1)];

  /** For the test: another desk, its first screen the primary one. */
  replaceDisplays(all: readonly Rectangle[]): void {
    this.displays = all.map((bounds, index) => makeDisplay(bounds, index + 1));
    this.emit('display-metrics-changed');
  }

  getAllDisplays(): KnownDisplay[] {
    return [...this.displays];
  }

  getPrimaryDisplay(): KnownDisplay {
    const [primary] = this.displays;
    if (primary === undefined) throw new Error('Expected a display');
    return primary;
  }

  /** The one that shows the most of it; where none does, Electron too names the primary. */
  getDisplayMatching(bounds: Rectangle): KnownDisplay {
    const [best] = this.displays.toSorted((a, b) => overlap(b.bounds, bounds) - overlap(a.bounds, bounds));
    return best !== undefined && overlap(best.bounds, bounds) > 0 ? best : this.getPrimaryDisplay();
  }

  getDisplayNearestPoint(point: Point): KnownDisplay {
    return this.getDisplayMatching({ ...point, width: 1, height: 1 });
  }

  getCursorScreenPoint(): Point {
    return { x: 0, y: 0 };
  }
}

export const screen = new StandInScreen();

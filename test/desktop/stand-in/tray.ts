import { existsSync } from 'node:fs';
import type { StandInMenu } from './menu.ts';
import type { StandInImage } from './native-image.ts';
import { emitterNamed } from './refuse-missing.ts';

export const trays: StandInTray[] = [];

function checkImage(image: StandInImage | string): StandInImage | string {
  const isThere = typeof image === 'string' ? existsSync(image) : !image.isEmpty();
  if (!isThere) throw new Error(`Failed to load image from path '${typeof image === 'string' ? image : image.path}'`);
  return image;
}

export class StandInTray extends emitterNamed('Tray') {
  image: StandInImage | string;
  toolTip = '';
  title = '';
  menu: StandInMenu | null = null;

  constructor(image: StandInImage | string) {
    super();
    this.image = checkImage(image);
    trays.push(this);
  }

  setImage(image: StandInImage | string): void {
    this.image = checkImage(image);
  }

  setPressedImage(): void {
    // Drawn by macOS alone.
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  setContextMenu(menu: StandInMenu | null): void {
    this.menu = menu;
  }

  popUpContextMenu(): void {
    // The test chooses an item without a pointer.
  }

  isDestroyed(): boolean {
    return !trays.includes(this);
  }

  destroy(): void {
    const place = trays.indexOf(this);
    if (place >= 0) trays.splice(place, 1);
  }
}

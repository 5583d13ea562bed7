import { existsSync, readFileSync } from 'node:fs';
import { emitterNamed, provide } from './refuse-missing.ts';

type Size = Readonly<{ width: number; height: number }>;

/** A PNG begins with its signature, then the header chunk with width and height. */
function readPngSize(bytes: Buffer): Size {
  const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG';
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : { width: 0, height: 0 };
}

export class StandInImage extends emitterNamed('NativeImage') {
  /** Where it was read from, for the test; empty when it came from memory. */
  readonly path: string;
  private readonly bytes: Buffer;
  private readonly size: Size;
  private isTemplate = false;

  constructor(bytes: Buffer, path = '', size = readPngSize(bytes)) {
    super();
    this.bytes = bytes;
    this.path = path;
    this.size = size;
  }

  isEmpty(): boolean {
    return this.size.width === 0;
  }

  getSize(): Size {
    return { ...this.size };
  }

  toPNG(): Buffer {
    return this.bytes;
  }

  /** Of the asked size, with the same content. */
  resize({ width = this.size.width, height = this.size.height }: Partial<Size>): StandInImage {
    return new StandInImage(this.bytes, this.path, { width, height });
  }

  addRepresentation(): void {
    // Which one a system picks depends on its screen.
  }

  setTemplateImage(isTemplate: boolean): void {
    this.isTemplate = isTemplate;
  }

  isTemplateImage(): boolean {
    return this.isTemplate;
  }
}

export const nativeImage = provide('nativeImage', {
  createEmpty: () => new StandInImage(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => new StandInImage(bytes),
  createFromDataURL: (url: string) => new StandInImage(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
  /** Empty when there is no such file, as in Electron. */
  createFromPath: (path: string) => new StandInImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0), path),
});

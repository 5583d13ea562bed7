export type ContentChange =
  Readonly<{ kind: 'write'; at: number; bytes: Buffer }> | Readonly<{ kind: 'truncate'; length: number }>;

/** The bytes of one file, as they grow. */
export type Content = Readonly<{
  bytes: () => Buffer;
  copy: () => Content;
  change: (change: ContentChange) => void;
  /** Does only those sectors of a write that `arrives` says yes to. */
  tear: (change: ContentChange, arrives: () => boolean) => void;
}>;

const SECTOR = 512;

export function createContent(first: Buffer = Buffer.alloc(0)): Content {
  let space = first;
  let length = first.length;

  /** What lies between an old end and a new one is zero, as in a file. */
  function setLength(next: number): void {
    if (next > space.length) {
      const larger = Buffer.alloc(Math.max(next, space.length * 2));
      space.copy(larger, 0, 0, length);
      space = larger;
    }
    if (next < length) space.fill(0, next, length);
    length = next;
  }

  function write(at: number, bytes: Buffer): void {
    if (at + bytes.length > length) setLength(at + bytes.length);
    bytes.copy(space, at);
  }

  return {
    bytes: () => space.subarray(0, length),
    copy: () => createContent(Buffer.from(space.subarray(0, length))),
    change: (change) => {
      if (change.kind === 'truncate') setLength(change.length);
      else write(change.at, change.bytes);
    },
    tear: (change, arrives) => {
      if (change.kind === 'truncate') {
        if (arrives()) setLength(change.length);
        return;
      }
      const { at, bytes } = change;
      for (let from = 0; from < bytes.length;) {
        const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR));
        if (arrives()) write(at + from, bytes.subarray(from, to));
        from = to;
      }
    },
  };
}

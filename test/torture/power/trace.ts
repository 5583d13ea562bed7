/** One thing that a process did to the files of the recorded folder; paths begin at the root. */
export type DiskOperation =
  | Readonly<{ kind: 'open'; fd: number; path: string; creates: boolean; truncates: boolean }>
  | Readonly<{ kind: 'close'; fd: number }>
  | Readonly<{ kind: 'write'; fd: number; at: number; bytes: Buffer }>
  | Readonly<{ kind: 'truncate'; fd: number; length: number }>
  | Readonly<{ kind: 'sync'; fd: number }>
  | Readonly<{ kind: 'rename' | 'link'; from: string; to: string }>
  | Readonly<{ kind: 'unlink' | 'mkdir' | 'rmdir'; path: string }>;

/** As disk-shim.c numbers them, from 1. */
const kinds = ['open', 'close', 'write', 'truncate', 'sync', 'rename', 'unlink', 'link', 'mkdir', 'rmdir'] as const;
const HEAD_BYTES = 24;
/** O_CREAT and O_TRUNC on Linux. */
const CREATES = 0o100;
const TRUNCATES = 0o1000;

/** Reads what the shim has recorded. */
export function readTrace(trace: Buffer): readonly DiskOperation[] {
  const operations: DiskOperation[] = [];
  let place = 0;
  while (place < trace.length) {
    const kind = kinds[trace.readUInt32LE(place) - 1];
    const fd = trace.readInt32LE(place + 4);
    const number = Number(trace.readBigInt64LE(place + 8));
    const bytesAt = place + HEAD_BYTES;
    const secondAt = bytesAt + trace.readUInt32LE(place + 16);
    place = secondAt + trace.readUInt32LE(place + 20);
    const bytes = trace.subarray(bytesAt, secondAt);
    if (kind === undefined) throw new Error('The trace holds something that the shim does not write');
    operations.push(toOperation(kind, fd, number, bytes, trace.toString('utf8', secondAt, place)));
  }
  return operations;
}

function toOperation(
  kind: (typeof kinds)[number],
  fd: number,
  number: number,
  bytes: Buffer,
  second: string,
): DiskOperation {
  switch (kind) {
    case 'open':
      return {
        kind,
        fd,
        path: bytes.toString(),
        creates: (number & CREATES) !== 0,
        truncates: (number & TRUNCATES) !== 0,
      };
    case 'close':
    case 'sync':
      return { kind, fd };
    case 'write':
      return { kind, fd, at: number, bytes };
    case 'truncate':
      return { kind, fd, length: number };
    case 'rename':
    case 'link':
      return { kind, from: bytes.toString(), to: second };
    case 'unlink':
    case 'mkdir':
    case 'rmdir':
      return { kind, path: bytes.toString() };
  }
}

/** One line of a timeline. */
export function describeOperation(operation: DiskOperation, root: string): string {
  const short = (path: string): string => path.slice(root.length + 1) || '.';
  switch (operation.kind) {
    case 'open':
      return `open ${short(operation.path)} as ${operation.fd}${operation.creates ? ', created if it is not there' : ''}`;
    case 'write':
      return `write ${operation.bytes.length} bytes at ${operation.at} of ${operation.fd}`;
    case 'truncate':
      return `truncate ${operation.fd} to ${operation.length}`;
    case 'close':
    case 'sync':
      return `${operation.kind} ${operation.fd}`;
    case 'rename':
    case 'link':
      return `${operation.kind} ${short(operation.from)} to ${short(operation.to)}`;
    case 'unlink':
    case 'mkdir':
    case 'rmdir':
      return `${operation.kind} ${short(operation.path)}`;
  }
}

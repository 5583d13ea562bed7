import { openSync, readSync, writeFileSync, writeSync } from 'node:fs';

/**
 * What a disk may answer instead of doing what it was asked:
 *
 * - `EIO`: it cannot, once; `EIO, lasting`: nor ever after, until it is put right.
 * - `ENOSPC, lasting`: nothing fits any more, until somebody makes room.
 * - `short write`: half of it was written, which is no error yet.
 * - `failing sync`: nobody knows what of the last writes arrived.
 *
 * `silent loss, lasting` is for the control: a write that is said to have succeeded and was not done.
 */
export const faults = ['EIO', 'EIO, lasting', 'ENOSPC, lasting', 'short write', 'failing sync'] as const;
export const controlFault = 'silent loss, lasting';
export type Fault = (typeof faults)[number] | typeof controlFault;

/** As disk-shim.c numbers them. */
const kinds: Record<Fault, number> = {
  EIO: 1,
  'EIO, lasting': 1,
  'ENOSPC, lasting': 2,
  'short write': 3,
  'failing sync': 4,
  [controlFault]: 5,
};

export type FaultControl = Readonly<{
  /** From now on, the n-th change that this fault is about meets it; counted from 1. */
  arm: (fault: Fault, at: number) => void;
  /** The disk is well again; answers how many changes failed. */
  disarm: () => number;
}>;

/** The file that a process and the shim in it share. */
export function makeControlFile(path: string): void {
  writeFileSync(path, Buffer.alloc(20));
}

export function openFaultControl(path: string): FaultControl {
  const descriptor = openSync(path, 'r+');
  const write = (...numbers: readonly number[]): void => {
    const bytes = Buffer.alloc(20);
    for (const [index, number] of numbers.entries()) bytes.writeInt32LE(number, index * 4);
    writeSync(descriptor, bytes, 0, bytes.length, 0);
  };
  return {
    arm: (fault, at) => write(kinds[fault], at, fault.endsWith('lasting') ? 1 : 0),
    disarm: () => {
      const bytes = Buffer.alloc(20);
      readSync(descriptor, bytes, 0, bytes.length, 0);
      write();
      return bytes.readInt32LE(16);
    },
  };
}

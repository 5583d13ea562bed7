import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const memory = '/dev/shm';
/** More than all that lies there at the same time; a container may have a few megabytes. */
const ENOUGH_BYTES = 2_000_000_000;

function hasRoomInMemory(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > ENOUGH_BYTES;
}

/**
 * Where tests put databases: in memory where that is possible. SQLite waits for the disk at every commit, which on a busy
 * machine is most of the time. A kill takes nothing from the operating system's cache, so what it leaves behind is the
 * same there; what a power cut takes is for `test/torture/power` to say.
 */
export const scratch = hasRoomInMemory() ? memory : tmpdir();

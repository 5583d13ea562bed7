import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/**
 * Where tests put databases: in memory where that is possible. SQLite waits for the disk at every commit, which on a busy
 * machine is most of the time. A kill takes nothing from the operating system's cache, so what it leaves behind is the
 * same there; what a power cut takes is for `test/torture/power` to say.
 */
export const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

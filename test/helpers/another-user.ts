import { spawnSync } from 'node:child_process';

/** Nobody's number on every Linux; it owns nothing. */
export const otherUser = { uid: 65_534, gid: 65_534 };

/** Only root may become somebody else, and that somebody must be able to start Node. */
export const canBeAnotherUser =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ['-e', ''], { ...otherUser, stdio: 'ignore' }).status === 0;

/** @import { ChildProcess } from 'node:child_process' */

/** An editor writes a file in several steps, a branch switch many files, and one change may be in two builds. */
const QUIET_MS = 200;
/** The engine has ten seconds to finish what it must. */
const PATIENCE_MS = 15_000;

/**
 * Keeps one process of a kind running: the next one starts when the last one has ended.
 *
 * @param {() => ChildProcess} start
 */
export function keepRunning(start) {
  /** @type {ChildProcess | null} */
  let child = null;
  let isWanted = false;
  /** @type {NodeJS.Timeout | undefined} */
  let quiet;

  function launch() {
    isWanted = false;
    const current = start();
    child = current;
    current.once('exit', () => {
      child = null;
      if (isWanted) launch();
      else console.log('The host has ended; it starts again with the next change.');
    });
  }

  /** @param {ChildProcess} current */
  function end(current) {
    current.kill();
    const deadline = setTimeout(() => current.kill('SIGKILL'), PATIENCE_MS);
    current.once('exit', () => clearTimeout(deadline));
  }

  return {
    restart() {
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        if (isWanted) return;
        isWanted = true;
        if (child === null) launch();
        else end(child);
      }, QUIET_MS);
    },
    /**
     * @param {boolean} isToBeTold false when somebody else has told it to end
     * @returns {Promise<void>} when it has ended
     */
    stop(isToBeTold) {
      clearTimeout(quiet);
      const current = child;
      if (current === null) return Promise.resolve();
      child = null;
      current.removeAllListeners('exit');
      const ended = new Promise((/** @type {(value: void) => void} */ resolve) =>
        current.once('exit', () => resolve()),
      );
      if (isToBeTold) end(current);
      return ended;
    },
  };
}

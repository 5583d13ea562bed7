/**
 * Says how far a download is: on a terminal in one line that is written over, elsewhere in a line for every tenth (or, where
 * nobody knows the whole, for every ten megabytes).
 *
 * @param {string} what
 * @param {{ write: (text: string) => unknown, isTTY?: boolean }} output
 */
export function createProgressLine(what, output) {
  let lastText = '';
  let lastStep = -1;
  return {
    /** @param {{ transferred: number, total: number | null }} bytes */
    show({ transferred, total }) {
      const percent = total === null ? null : Math.floor((transferred / total) * 100);
      const text =
        percent === null || total === null
          ? `${what}: ${toMegabytes(transferred)} MB`
          : `${what}: ${percent} %, ${toMegabytes(transferred)} of ${toMegabytes(total)} MB`;
      if (text === lastText) return;
      const step = Math.floor((percent ?? toMegabytes(transferred)) / 10);
      if (output.isTTY) output.write(`\r${text}`);
      else if (step > lastStep) output.write(`${text}\n`);
      lastText = text;
      lastStep = step;
    },
    /** Whatever is written next begins a line of its own. */
    end() {
      if (output.isTTY && lastText !== '') output.write('\n');
    },
  };
}

/** @param {number} bytes */
const toMegabytes = (bytes) => Math.round(bytes / 1_000_000);

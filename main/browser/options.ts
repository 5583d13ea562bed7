import { isAbsolute, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, ok, toError, type Result } from '../../shared/result.ts';
import type { Folders } from '../folders.ts';

export type BrowserOptions = Readonly<{
  folders: Folders;
  /** 0 takes any free one. */
  port: number;
  opensPage: boolean;
  startInPractice: boolean;
  wantsHelp: boolean;
}>;

export const browserHelp = `Usage: npm start -- [flags]

  --practice      start in the practice shop: nothing real is touched
  --browser       in your browser, even where the desktop app can open
  --fetch         fetch the desktop app's runtime now, even if that has just failed

In your browser only:
  --data FOLDER   keep the shop's data there instead of the usual place
  --port N        serve on this port instead of any free one
  --no-open       print the link and do not open it

HEADS_UP_PASSPHRASE in the environment protects the saved keys instead of a key file.`;

/** Reads the command line of the browser host. */
export function parseBrowserOptions(argv: readonly string[], usual: Folders): Result<BrowserOptions> {
  const usage = 'See npm start -- --help.';
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        practice: { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) {
      return fail('invalid_input', '--port takes a number from 0 to 65535.', usage);
    }
    if (values.data === '') return fail('invalid_input', '--data takes a folder.', usage);
    const folders = values.data === undefined ? usual : placeData(resolve(values.data), usual);
    if (isInside(folders.keys, folders.data)) {
      return fail(
        'invalid_input',
        `${folders.data} holds the folder of the key file.`,
        'Choose another --data folder.',
      );
    }
    return ok({
      folders,
      port,
      opensPage: !values['no-open'],
      startInPractice: values.practice,
      wantsHelp: values.help,
    });
  } catch (error) {
    return fail('invalid_input', toError(error).message, usage);
  }
}

/** Another data folder is another shop: its secrets go with it, the key that opens them does not. */
function placeData(data: string, usual: Folders): Folders {
  return { data, config: data, keys: usual.keys };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

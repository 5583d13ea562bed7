import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findAppImage } from './app-image.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The file by which a Linux desktop starts a program at login. */
export function findAutostartFile(environment: Environment, home: string): string {
  // An empty variable counts as unset, as the XDG specification says.
  return join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'autostart', 'heads-up.desktop');
}

/** What is to be started: the AppImage rather than the executable inside it, which is gone when the AppImage is. */
export function findExecutable(environment: Environment, execPath: string): string {
  return findAppImage(environment, execPath) ?? execPath;
}

export type AutostartState = 'on' | 'off' | 'switched_off' | 'other_program';

/** What the file says now, whoever wrote it last. */
export async function readAutostart(file: string, executable: string): Promise<AutostartState> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'off';
    throw error;
  }
  const values = readDesktopEntry(text);
  if (values.get('Hidden') === 'true' || values.get('X-GNOME-Autostart-enabled') === 'false') return 'switched_off';
  return values.get('Exec') === toExec(executable) ? 'on' : 'other_program';
}

export async function writeAutostart(file: string, executable: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, toDesktopEntry(executable), { mode: 0o600 });
}

export async function removeAutostart(file: string): Promise<void> {
  await rm(file, { force: true });
}

function toDesktopEntry(executable: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Heads Up',
    'Comment=Texts subscribers what is about to happen to their subscription',
    `Exec=${toExec(executable)}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * The command as the Desktop Entry specification wants it: quoted, with four characters escaped inside the quotes and
 * a percent sign doubled; and then every backslash once more, because the value of a key is itself an escaped string.
 *
 * @example toExec('/opt/Heads Up/$5') === '"/opt/Heads Up/\\\\\\\\$5" --hidden'
 */
function toExec(executable: string): string {
  const quoted = executable.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${quoted.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}" --hidden`;
}

/** The keys of the first group, which is the only one that counts. */
function readDesktopEntry(text: string): ReadonlyMap<string, string> {
  const [, group = ''] = /^\[Desktop Entry\]\s*$([^]*?)(?=^\[|(?![^]))/m.exec(text) ?? [];
  const pairs = group.split('\n').flatMap((line) => {
    const [, key, value] = /^([A-Za-z0-9-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
  return new Map(pairs);
}

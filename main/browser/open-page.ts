import { spawn } from 'node:child_process';

/**
 * Opens the link in the user's browser where there is one. Best effort: the link is printed as well.
 *
 * On macOS every user can read every command line, so there the link is in none. On Linux they can as well, but the
 * connections of another user are refused (`peer.ts`).
 */
export function openPage(url: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): void {
  const command = findOpener(url, environment, platform);
  if (command === undefined) return;
  const { program, args, input } = command;
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, windowsHide: true });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  child.unref();
}

type Opener = Readonly<{ program: string; args: readonly string[]; input: string }>;

function findOpener(url: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): Opener | undefined {
  if (platform === 'darwin') return { program: 'osascript', args: [], input: `open location "${url}"\n` };
  // The empty text is the window's title, which `start` takes from the first quoted argument.
  if (platform === 'win32') return { program: 'cmd', args: ['/c', 'start', '""', url], input: '' };
  const hasDisplay = Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
  return hasDisplay ? { program: 'xdg-open', args: [url], input: '' } : undefined;
}

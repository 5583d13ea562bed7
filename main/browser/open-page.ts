import { spawn } from 'node:child_process';

/** Opens the link in the user's browser where there is one. Best effort: the link is printed as well. */
export function openPage(url: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): void {
  const command = findOpener(url, environment, platform);
  if (command === undefined) return;
  const child = spawn(command[0], command.slice(1), { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
}

function findOpener(
  url: string,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open', url];
  // The empty text is the window's title, which `start` takes from the first quoted argument.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', url];
  const hasDisplay = Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
  return hasDisplay ? ['xdg-open', url] : undefined;
}

import { homedir } from 'node:os';
import { join } from 'node:path';

export type Folders = Readonly<{
  /** The shop's database, the logs and the lock: what a backup takes. */
  data: string;
  /** `config.json`: what belongs to this computer, encrypted secrets included. */
  config: string;
  /** The browser host's key file. Never inside the data folder, or a copy of that folder would open the secrets. */
  keys: string;
}>;

/** Where the log is written, beside the data that it tells of. */
export function findLogFile(dataFolder: string): string {
  return join(dataFolder, 'logs', 'heads-up.log');
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where this operating system keeps a program's files. Both hosts ask here, so that they find the same shop. */
export function findFolders(environment: Environment, platform: NodeJS.Platform, home: string = homedir()): Folders {
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
    const roaming = environment['APPDATA'] ?? join(home, 'AppData', 'Roaming');
    return {
      data: join(local, 'heads-up', 'data'),
      config: join(roaming, 'heads-up'),
      keys: join(local, 'heads-up-keys'),
    };
  }
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support');
    return {
      data: join(support, 'heads-up', 'data'),
      config: join(support, 'heads-up'),
      keys: join(support, 'heads-up-keys'),
    };
  }
  // An empty variable counts as unset, as the XDG specification says.
  const configHome = environment['XDG_CONFIG_HOME'] || join(home, '.config');
  const dataHome = environment['XDG_DATA_HOME'] || join(home, '.local', 'share');
  return {
    data: join(dataHome, 'heads-up'),
    config: join(configHome, 'heads-up'),
    keys: join(configHome, 'heads-up-keys'),
  };
}

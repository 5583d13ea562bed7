import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingPeer } from './peer.ts';
import { findFreePort, findProgram, startServer } from './server-process.ts';

const DEBIAN = '/usr/lib/postgresql';

/**
 * A PostgreSQL of its own, with its defaults: `fsync` and `synchronous_commit` are on.
 *
 * @throws MissingPeer
 */
export async function startPostgres(): Promise<Readonly<{ url: string; stop: () => Promise<void> }>> {
  const folders = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : [];
  const [initialise, program] = [findProgram('initdb', folders), findProgram('postgres', folders)];
  if (initialise === undefined || program === undefined)
    throw new MissingPeer('PostgreSQL is not installed: apt-get install postgresql');
  const user = process.getuid?.() === 0 ? findPostgresUser() : undefined;
  // Not in the folder of the row, which the user that it runs as may not enter.
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-bench-postgres-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(initialise, ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...user,
    stdio: 'ignore',
  });
  const port = await findFreePort();
  const args = ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port)];
  // With SIGINT it ends the connections that are still open, and writes everything down.
  const { stop } = await startServer({ program, args, user }, 'ready to accept connections', 'SIGINT');
  return {
    url: `postgres://bench@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; its package brings a user for it. */
function findPostgresUser(): { uid: number; gid: number } {
  const ask = (flag: string): number => {
    try {
      return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    } catch (error) {
      throw new MissingPeer('PostgreSQL does not run as root, and there is no user postgres: run it as another user.', {
        cause: error,
      });
    }
  };
  return { uid: ask('-u'), gid: ask('-g') };
}

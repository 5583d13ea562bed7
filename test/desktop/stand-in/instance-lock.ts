import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { decodeClone, encodeClone } from './clone-codec.ts';

export type Claim = Readonly<{
  isFirst: boolean;
  /** Resolves when the first instance has heard of this one. */
  settled: Promise<void>;
  release: () => void;
}>;

type Said = Readonly<{ argv: readonly string[]; workingDirectory: string; additionalData: unknown }>;

type ClaimOptions = Readonly<{ folder: string; said: Said; onSecond: (said: Said) => void }>;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** One real process per profile folder. Decided at once, as in Electron; only the message to the first takes time. */
export function claimProfile({ folder, said, onSecond }: ClaimOptions): Claim {
  const lock = join(folder, 'SingletonLock');
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\${folder}` : join(folder, 'SingletonSocket');
  if (!take(lock)) return { isFirst: false, settled: tellFirst(socket, said), release: () => undefined };

  rmSync(socket, { force: true });
  const server = createServer({ allowHalfOpen: true }, (connection) => {
    void text(connection).then((message) => {
      onSecond(decodeClone(message) as Said);
      connection.end('heard');
    });
  });
  server.listen(socket);
  // The lock alone keeps no process alive.
  server.unref();
  return {
    isFirst: true,
    settled: Promise.resolve(),
    release: () => {
      server.close();
      rmSync(lock, { force: true });
    },
  };
}

/** False when a living process holds it; one that was killed holds nothing. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) return false;
    rmSync(lock, { force: true });
    return take(lock);
  }
}

async function tellFirst(socket: string, said: Said): Promise<void> {
  const connection = connect({ path: socket, allowHalfOpen: true });
  connection.end(encodeClone(structuredClone(said)));
  await text(connection);
}

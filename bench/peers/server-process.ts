import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A server of a peer on loopback. `stop` waits until it is gone. */
export type PeerServer = Readonly<{ port: number; stop: () => Promise<void> }>;

/** Undefined when it is neither in the search path nor in one of these folders. */
export function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  const paths = [...(process.env['PATH'] ?? '').split(delimiter), ...folders].map((folder) => join(folder, name));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A port of loopback that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('Expected a port');
  return address.port;
}

export type Start = Readonly<{
  program: string;
  args: readonly string[];
  /** Whom it runs as; undefined for whoever runs this. */
  user?: Readonly<{ uid: number; gid: number }> | undefined;
}>;

/** Starts a server and waits for the line with which it says that it is ready, on either of its outputs. */
export async function startServer({ program, args, user }: Start, ready: string, stopWith: NodeJS.Signals) {
  const child = spawn(program, args, { ...user, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr])
      createInterface({ input: output }).on('line', (line) => {
        said.push(line);
        if (line.includes(ready)) resolve();
      });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${program} did not start:\n${said.join('\n')}`)));
  });
  // A benchmark that is broken off leaves no server behind.
  const kill = (): void => void child.kill('SIGKILL');
  const leave = (): void => process.exit(1);
  process.once('exit', kill).once('SIGINT', leave).once('SIGTERM', leave);
  return {
    stop: async () => {
      process.removeListener('exit', kill).removeListener('SIGINT', leave).removeListener('SIGTERM', leave);
      await end(child, stopWith);
    },
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

import { MissingPeer } from './peer.ts';
import { findFreePort, findProgram, startServer, type PeerServer } from './server-process.ts';

/**
 * A Redis of its own, which has every command on the disk before it answers.
 *
 * @throws MissingPeer
 */
export async function startRedis(folder: string): Promise<PeerServer> {
  const program = findProgram('redis-server');
  if (program === undefined) throw new MissingPeer('redis-server is not installed: apt-get install redis-server');
  const port = await findFreePort();
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...durable];
  const { stop } = await startServer({ program, args }, 'Ready to accept connections', 'SIGTERM');
  return { port, stop };
}

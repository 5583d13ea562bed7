import type { OpenQueue } from '../outbox/queue-session.ts';

/** Another queue, made as durable as ours: what it has acknowledged is on the disk. */
export type Peer = Readonly<{
  name: string;
  /**
   * Loads it and starts the server that it needs, in a folder of its own.
   *
   * @throws MissingPeer
   */
  prepare: (folder: string) => Promise<ReadyPeer>;
}>;

export type ReadyPeer = Readonly<{ open: OpenQueue; close: () => Promise<void> }>;

/** The peer, or the server it needs, is not on this machine. The message names the command that installs it. */
export class MissingPeer extends Error {}

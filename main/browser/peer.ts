import { readFile } from 'node:fs/promises';

/** A connection as the server sees it: where it comes from and where it arrives. */
export type Ends = Readonly<{
  localPort?: number | undefined;
  remoteAddress?: string | undefined;
  remotePort?: number | undefined;
}>;

type Row = Readonly<{ local: string; remote: string; isOpen: boolean; uid: number }>;

/**
 * False when another user of this computer has opened the connection; root may do anything anyway.
 *
 * Loopback is open to every user, and on Linux everybody can read the link in the command line of the browser that it is
 * opened with. There the kernel says whose each connection is. Elsewhere nobody is turned away here: no other user
 * can read a command line on Windows, and on macOS the link is in none (`open-page.ts`).
 */
export async function isOwnUser(ends: Ends, readTable: () => Promise<string | null> = readTables): Promise<boolean> {
  const table = await readTable();
  const ownUid = process.getuid?.();
  if (table === null || ownUid === undefined || ends.localPort === undefined || ends.remotePort === undefined)
    return true;
  const server = toEnd('127.0.0.1', ends.localPort);
  const client = toEnd(ends.remoteAddress ?? '', ends.remotePort);
  const rows = parseTable(table, client);
  // A table without our own end of it tells nothing about the other one.
  if (!rows.some(({ local, remote }) => local === server && remote === client)) return true;
  // Whoever has gone already has left no name behind.
  return rows.some(
    ({ local, remote, isOpen, uid }) =>
      local === client && remote === server && isOpen && (uid === ownUid || uid === 0),
  );
}

const readTables = shareReading(async () => {
  try {
    // Both, because a program may speak IPv4 through an IPv6 socket.
    const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1')));
    return tables.join('\n');
  } catch {
    // There are none, or nobody may read them.
    return null;
  }
});

/**
 * The kernel takes 10 ms and more to write the table, so it is read beside the main thread, and once for all who came
 * while it was read before: whoever opens a thousand connections costs two readings. Each gets one that began after it came.
 */
export function shareReading<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  let next: Promise<T> | undefined;
  const begin = (): Promise<T> => {
    next = undefined;
    const reading = read().finally(() => {
      if (underWay === reading) underWay = undefined;
    });
    underWay = reading;
    return reading;
  };
  return () => {
    if (underWay === undefined) return begin();
    next ??= underWay.then(begin, begin);
    return next;
  };
}

/**
 * Columns: number, local end, remote end, state, queues, timer, retransmits, uid, timeout, inode (proc_net_tcp in the
 * kernel's documentation).
 */
function parseTable(table: string, client: string): readonly Row[] {
  // Of thousands of lines only those of this connection are looked at closely.
  const lines = table.split('\n').filter((line) => line.includes(client));
  return lines.flatMap((line): Row[] => {
    const [, local, remote, state, , , , uid, , inode] = line.trim().split(/\s+/);
    if (local === undefined || remote === undefined || inode === undefined || !/^\d+$/.test(uid ?? '')) return [];
    // A socket that its program has closed belongs to nobody, which reads like root.
    const isOpen = state === '01' && inode !== '0';
    return [{ local: shorten(local), remote: shorten(remote), isOpen, uid: Number(uid) }];
  });
}

/** An IPv4 address inside an IPv6 one, as the IPv4 address. */
function shorten(end: string): string {
  return end.replace(/^0{16}FFFF0000/, '');
}

/** As the kernel writes it: the address as one number of this machine's byte order, in hex. */
function toEnd(address: string, port: number): string {
  const bytes = address
    .replace(/^::ffff:/, '')
    .split('.')
    .map(Number);
  const hex = bytes.toReversed().map((byte) => byte.toString(16).padStart(2, '0'));
  return `${hex.join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

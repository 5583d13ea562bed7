import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { canBeAnotherUser, otherUser } from '../../helpers/another-user.ts';
import { isOwnUser, shareReading } from '../../../main/browser/peer.ts';

const ownUid = process.getuid?.() ?? -1;
const ends = { localPort: 0x1f90, remoteAddress: '127.0.0.1', remotePort: 0xc350 };
const ourEnd =
  '   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0 20 4 30';
const row = (uid: number, state = '01', inode = 77, ip = '0100007F') =>
  `   2: ${ip}:C350 ${ip}:1F90 ${state} 00000000:00000000 00:00000000 00000000 ${uid} 0 ${inode} 1 0 20 4 30 10 -1`;
const isOwn = (...rows: string[]) =>
  isOwnUser(ends, () => Promise.resolve([' sl local_address rem_address', ourEnd, ...rows].join('\n')));

it.skipIf(process.getuid === undefined)('tells by the kernel’s table whose a connection is', async () => {
  expect(await Promise.all([isOwn(row(ownUid)), isOwn(row(0)), isOwn(row(ownUid + 4321))])).toEqual([
    true,
    true,
    false,
  ]);
  // Through an IPv6 socket.
  expect(await isOwn(row(ownUid, '01', 77, '0000000000000000FFFF00000100007F'))).toBe(true);
});

it.skipIf(process.getuid === undefined)(
  'takes one that has closed already for nobody’s, though its row says root',
  async () => {
    const gone = [isOwn(), isOwn(row(0, '05')), isOwn(row(0, '01', 0)), isOwn(row(0, '06', 0))];
    expect(await Promise.all(gone)).toEqual([false, false, false, false]);
  },
);

it('turns nobody away where the system does not tell', async () => {
  const silent = [
    isOwnUser(ends, () => Promise.resolve(null)),
    isOwnUser(ends, () => Promise.resolve('')),
    isOwnUser({}),
  ];
  expect(await Promise.all(silent)).toEqual([true, true, true]);
});

it('reads the table twice for however many connections, and for each one after it came', async () => {
  const readings: ((value: number) => void)[] = [];
  const read = shareReading(() => new Promise<number>((resolve) => readings.push(resolve)));
  const first = read();
  const crowd = Array.from({ length: 100 }, () => read());
  readings[0]?.(1);
  expect(await first).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  const late = read();
  expect(readings).toHaveLength(2);
  readings[1]?.(2);
  expect(new Set(await Promise.all(crowd))).toEqual(new Set([2]));
  await new Promise((resolve) => setImmediate(resolve));
  readings[2]?.(3);
  expect(await late).toBe(3);
});

if (!canBeAnotherUser) console.log('Skipped: a connection of another user. Only root on Linux can make one.');

it.skipIf(!canBeAnotherUser)('knows the connection of another user from its own', async () => {
  const server = createServer((socket: Socket) => {
    void isOwnUser(socket).then((isOwn) => socket.end(isOwn ? 'own' : 'other'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const ask = (user: { uid: number; gid: number }) => {
    const script = `require('node:net').connect(${port}, '127.0.0.1').pipe(process.stdout)`;
    return readText(spawn(process.execPath, ['-e', script], { ...user, stdio: ['ignore', 'pipe', 'inherit'] }).stdout);
  };
  expect(await Promise.all([ask({ uid: 0, gid: 0 }), ask(otherUser)])).toEqual(['own', 'other']);
});

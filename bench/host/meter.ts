import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export type Delays = Readonly<{ p50: number; p99: number; max: number }>;
/** What a call waits that comes at any moment, ms. */
export type MeterReading = Readonly<{
  waits: Delays;
  /** As much of it as was the thread's own work. */
  work: Delays;
  /** The same waits without the time in which the thread had no processor; null where the system does not tell. */
  ownWaits: Delays | null;
}>;

/** The meter inside a host's main thread (scripts/event-loop-meter.mjs), asked over a socket of its own. */
export type Meter = Readonly<{
  measure: (work: () => Promise<unknown>) => Promise<MeterReading>;
  /** The same with 50 ms of work twice a second, put there to show that it is seen. */
  measureBlocked: (seconds: number) => Promise<MeterReading>;
  close: () => void;
}>;

export function meterPath(folder: string, name: string): string {
  return process.platform === 'win32' ? String.raw`\\.\pipe\heads-up-${name}-${process.pid}` : join(folder, name);
}

/** What loads the meter into a Node process. */
export function meterEnvironment(path: string): Readonly<Record<string, string>> {
  return {
    HEADS_UP_METER: path,
    NODE_OPTIONS: `--import=${new URL('../../scripts/event-loop-meter.mjs', import.meta.url).href}`,
  };
}

export async function connectMeter(path: string): Promise<Meter> {
  const socket = connect(path);
  await once(socket, 'connect');
  const ask = async (command: 'begin' | 'end' | 'block'): Promise<unknown> => {
    socket.write(command);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    return JSON.parse(chunk.toString());
  };
  const measure = async (work: () => Promise<unknown>): Promise<MeterReading> => {
    await ask('begin');
    await work();
    return (await ask('end')) as MeterReading;
  };
  return {
    measure,
    measureBlocked: (seconds) =>
      measure(async () => {
        await ask('block');
        await wait(seconds * 1000);
      }),
    close: () => socket.destroy(),
  };
}

/** A process that does nothing but measure itself: what a call would wait on this machine in the best host there could be. */
export async function startIdle(path: string): Promise<Meter> {
  const child = spawn(process.execPath, ['--eval', "process.stdin.resume(); console.log('ready')"], {
    env: { ...process.env, ...meterEnvironment(path) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // By then it has started, which is work, too.
  await once(child.stdout, 'data');
  const meter = await connectMeter(path);
  return {
    ...meter,
    close: () => {
      meter.close();
      // It ends with its input.
      child.stdin.end();
    },
  };
}

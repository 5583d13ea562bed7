import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { defaultPracticeOptions } from '../../main/practice/practice-shop.ts';
import { forkPracticeShop } from '../../main/practice/remote-practice-shop.ts';
import { launchDesktop } from '../../test/desktop/launch-desktop.ts';
import { openChromium } from '../../test/desktop/open-chromium.ts';
import { findChromium } from '../../test/helpers/find-chromium.ts';
import { shown, under, type BenchOrder, type BenchReport, type BenchRow, type Measured } from '../row.ts';
import { openBesideSmartrr } from './beside-smartrr.ts';
import { workThrough, type Call } from './drive-host.ts';
import {
  connectMeter,
  meterEnvironment,
  meterPath,
  startIdle,
  type Delays,
  type Meter,
  type MeterReading,
} from './meter.ts';

const pages = 2000;
const blockMs = 50;
const controlSeconds = 5;

type HostReading = Readonly<{ name: string; busy: MeterReading; idle: MeterReading; control: MeterReading }>;

async function measureLoop(order: BenchOrder): Promise<BenchReport> {
  if (!existsSync(new URL('../../dist/main/browser.js', import.meta.url)))
    return { measured: [], notes: [], skipped: 'there is no build (npm run build)' };
  await order.shop.fill();
  const readings = [await measureBrowserHost(order)];
  const hasChromium = findChromium() !== null;
  if (hasChromium) readings.push(await measureDesktopHost(order));
  return {
    measured: readings.flatMap(toFigures),
    notes: [
      'What a call waits that comes at any moment, not the delays that a timer happens to see; scripts/event-loop-meter.mjs runs inside the main thread. Meanwhile the engine syncs, plans, searches and reads 2,000 pages of the log.',
      ...readings.map(
        ({ name, busy, idle, control }) =>
          `${name}: the thread's own work at a stretch ${busy.work.p99.toFixed(2)} ms (p99), ${busy.work.max.toFixed(1)} ms at most. A process beside it that does nothing waits ${describe(idle)} (p99), ${idle.waits.max.toFixed(1)} ms at most. Control: with ${blockMs} ms of work put there twice a second the meter says ${describe(control)}.`,
      ),
      'The desktop host is the built app on the stand-in for Electron ([architecture.md](architecture.md#tests)), with a window open and a smaller shop of its own.',
      ...(hasChromium ? [] : ['SKIPPED: the desktop host, there is no Chromium (PATH, CHROMIUM_PATH).']),
    ],
    skipped: null,
  };
}

function describe({ waits, ownWaits }: MeterReading): string {
  const own = ownWaits === null ? '' : `, ${ownWaits.p99.toFixed(1)} ms of them with a processor`;
  return `${waits.p99.toFixed(1)} ms${own}`;
}

/** What the host is to blame for: the rest is the machine's, which had no processor for it. */
function toOwnFigures(name: string, ownWaits: Delays | null): Measured[] {
  if (ownWaits === null) return [];
  return [
    shown({ name: `${name}, without waiting for a processor, p99`, figure: ownWaits.p99, unit: 'ms' }),
    shown({ name: `${name}, without waiting for a processor, longest`, figure: ownWaits.max, unit: 'ms' }),
  ];
}

function toFigures({ name, busy, control }: HostReading): Measured[] {
  const isSeen = [control.waits, control.ownWaits].every((waits) => waits === null || waits.p99 > blockMs / 2);
  return [
    under(10, { name: `${name}, p99`, figure: busy.waits.p99, unit: 'ms' }),
    under(50, { name: `${name}, longest`, figure: busy.waits.max, unit: 'ms' }),
    ...toOwnFigures(name, busy.ownWaits),
    // A meter that does not see it proves nothing.
    ...(isSeen
      ? []
      : [
          {
            ...shown({ name: `${name}: the control was not seen`, figure: control.waits.p99, unit: 'ms' }),
            reached: false,
          },
        ]),
  ];
}

async function read(name: string, folder: string, meter: Meter, work: () => Promise<unknown>): Promise<HostReading> {
  const beside = await startIdle(meterPath(folder, `beside ${name}`.replaceAll(' ', '-')));
  try {
    const [busy, idle] = await measureBoth(meter, beside, work);
    return { name, busy, idle, control: await meter.measureBlocked(controlSeconds) };
  } finally {
    beside.close();
  }
}

/** Both over the same time, so that whatever disturbs one disturbs the other. */
async function measureBoth(
  meter: Meter,
  beside: Meter,
  work: () => Promise<unknown>,
): Promise<readonly [MeterReading, MeterReading]> {
  const { promise: isDone, resolve } = Promise.withResolvers<void>();
  const idle = beside.measure(() => isDone);
  const busy = await meter.measure(work).finally(resolve);
  return [busy, await idle];
}

async function measureBrowserHost({ shop, rows, folder }: BenchOrder): Promise<HostReading> {
  const path = meterPath(folder, 'browser-meter');
  const { host, token, close } = await openBesideSmartrr(shop, rows, meterEnvironment(path));
  try {
    const meter = await connectMeter(path);
    const reading = await read('browser host', folder, meter, () =>
      workThrough(host.call, token, Math.min(pages, Math.ceil(rows / 10))),
    );
    meter.close();
    return reading;
  } finally {
    await close();
  }
}

async function measureDesktopHost({ rows, folder }: BenchOrder): Promise<HostReading> {
  const path = meterPath(folder, 'desktop-meter');
  const practice = await forkPracticeShop(
    { ...defaultPracticeOptions, customers: Math.max(50, Math.round(rows / 10)), startAt: Date.now() },
    new URL('../../main/practice/world-process.ts', import.meta.url),
  );
  const chromium = await openChromium();
  const desktop = await launchDesktop({
    chromium,
    environment: {
      HEADS_UP_POSTSCRIPT_URL: practice.urls.postscript,
      HEADS_UP_SMARTRR_URL: practice.urls.smartrr,
      ...meterEnvironment(path),
    },
  });
  try {
    const page = await desktop.page();
    const meter = await connectMeter(path);
    const call: Call = async (channel, input) => {
      const result: unknown = await page.evaluate(
        `window.bridge.invoke(${JSON.stringify(channel)}, ${JSON.stringify(input)})`,
      );
      if (typeof result !== 'object' || result === null || !('value' in result))
        throw new Error(`${channel}: ${JSON.stringify(result)}`);
      return result.value;
    };
    // A sync at two requests a second goes on longer than this; what counts is that it is under way.
    const work = async (): Promise<void> => {
      await call('connections.saveSmartrrToken', { token: practice.credentials.smartrrToken });
      for (let look = 0; look < Math.min(60, rows / 100); look += 1) {
        await call('overview.get', {});
        await call('customers.list', { text: 'dana', cursor: null });
        await wait(500);
        // What the stand-in keeps for tests is not the app's.
        await desktop.control.forgetTraffic();
      }
    };
    const reading = await read('desktop host', folder, meter, work);
    meter.close();
    return reading;
  } finally {
    await desktop.remove();
    await chromium.close();
    await practice.close();
  }
}

export const loopRow: BenchRow = { name: 'loop', title: "The hosts' main threads meanwhile", run: measureLoop };

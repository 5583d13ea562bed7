// Loaded into a host by the benchmarks, before the app (bench/host/meter.ts): watches the event loop of its main thread
// from inside.
import { openSync, readSync } from 'node:fs';
import { createServer } from 'node:net';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** @typedef {{ p50: number, p99: number, max: number }} Delays ms */

const STEP_MS = 1;
const BLOCK_MS = 50;
const BLOCK_EVERY_MS = 500;

const path = process.env['HEADS_UP_METER'];
// The threads and processes that this one starts are not measured.
delete process.env['HEADS_UP_METER'];
delete process.env['NODE_OPTIONS'];

const sampled = monitorEventLoopDelay({ resolution: STEP_MS });
const waits = createHistogram();
const work = createHistogram();
const ownWaits = createHistogram();
const schedule = openSchedule();
let lastAt = 0;
let lastWorkMs = 0;
let lastStarvedMs = 0;
/** @type {NodeJS.Timeout | undefined} */
let step;
/** @type {NodeJS.Timeout | undefined} */
let blocking;

/** CPU time of this thread, ms. */
function workMs() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Linux tells of each thread how long it was ready and had no processor. */
function openSchedule() {
  try {
    return openSync('/proc/thread-self/schedstat', 'r');
  } catch {
    return null;
  }
}

const schedstat = Buffer.alloc(96);

/** How long this thread was ready to work and had no processor, ms; 0 where the system does not tell. */
function starvedMs() {
  if (schedule === null) return 0;
  const length = readSync(schedule, schedstat, 0, schedstat.length, 0);
  return Number(schedstat.toString('latin1', 0, length).split(' ')[1]) / 1e6;
}

/**
 * What a call has to wait that comes at any moment. Node's own meter counts a blocked stretch once, however long it is; here
 * each millisecond of it counts, because the call could have come in any of them.
 *
 * @param {import('node:perf_hooks').RecordableHistogram} histogram
 * @param {number} lateMs
 */
function recordStretch(histogram, lateMs) {
  let left = lateMs;
  do {
    // Histograms count whole nanoseconds, from one on.
    histogram.record(Math.max(1, Math.round(left * 1e6)));
    left -= STEP_MS;
  } while (left > 0);
}

function tick() {
  const now = performance.now();
  const worked = workMs();
  const starved = starvedMs();
  const lateMs = now - lastAt - STEP_MS;
  recordStretch(waits, lateMs);
  recordStretch(work, worked - lastWorkMs - STEP_MS);
  recordStretch(ownWaits, lateMs - (starved - lastStarvedMs));
  lastStarvedMs = starved;
  lastAt = now;
  lastWorkMs = worked;
  step = setTimeout(tick, STEP_MS);
}

function block() {
  const end = workMs() + BLOCK_MS;
  while (workMs() < end);
}

/**
 * @param {import('node:perf_hooks').Histogram} histogram
 * @returns {Delays}
 */
function toDelays(histogram) {
  const [p50, p99, max] = [histogram.percentile(50), histogram.percentile(99), histogram.max];
  return { p50: p50 / 1e6, p99: p99 / 1e6, max: max / 1e6 };
}

/** @type {Readonly<Record<string, () => unknown>>} */
const commands = {
  begin() {
    for (const histogram of [waits, work, ownWaits, sampled]) histogram.reset();
    sampled.enable();
    lastAt = performance.now();
    lastWorkMs = workMs();
    lastStarvedMs = starvedMs();
    tick();
  },
  end() {
    clearTimeout(step);
    clearInterval(blocking);
    sampled.disable();
    return {
      waits: toDelays(waits),
      work: toDelays(work),
      ownWaits: schedule === null ? null : toDelays(ownWaits),
      sampled: toDelays(sampled),
    };
  },
  /** Work that is there on purpose, until the end: the meter has to see it. */
  block: () => void (blocking = setInterval(block, BLOCK_EVERY_MS)),
};

if (path !== undefined) {
  const server = createServer((socket) => {
    socket.on('data', (chunk) => socket.write(JSON.stringify(commands[chunk.toString()]?.() ?? null)));
    socket.on('error', () => undefined);
  });
  server.listen(path).unref();
}

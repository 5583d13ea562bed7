// Loaded into a host by the benchmarks, before the app (bench/host/meter.ts): watches the event loop of its main thread
// from inside.
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
let lastAt = 0;
let lastWorkMs = 0;
/** @type {NodeJS.Timeout | undefined} */
let step;
/** @type {NodeJS.Timeout | undefined} */
let blocking;

/** CPU time of this thread, ms. */
function workMs() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
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
  recordStretch(waits, now - lastAt - STEP_MS);
  recordStretch(work, worked - lastWorkMs - STEP_MS);
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
    for (const histogram of [waits, work, sampled]) histogram.reset();
    sampled.enable();
    lastAt = performance.now();
    lastWorkMs = workMs();
    tick();
  },
  end() {
    clearTimeout(step);
    clearInterval(blocking);
    sampled.disable();
    return { waits: toDelays(waits), work: toDelays(work), sampled: toDelays(sampled) };
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

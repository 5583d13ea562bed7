import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measureOutbox } from '../../bench/outbox/outbox-row.ts';
import { MissingPeer, type Peer } from '../../bench/peers/peer.ts';
import { scratch } from '../helpers/scratch.ts';

async function measure(peers: readonly Peer[]) {
  const folder = mkdtempSync(join(scratch, 'heads-up-bench-outbox-'));
  const said: string[] = [];
  try {
    return {
      report: await measureOutbox({ jobs: 25, rounds: 1, folder, say: (line) => void said.push(line) }, peers),
      said,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('times the outbox beside the bare loop, and says aloud which peer is not there', async () => {
  const absent: Peer = {
    name: 'a queue',
    prepare: () => Promise.reject(new MissingPeer('a queue is not installed: npm ci --prefix bench')),
  };
  const { report, said } = await measure([absent]);
  expect(report.skipped).toBeNull();
  expect(report.measured.map(({ unit, target }) => [unit, target])).toEqual([
    ['x', 'at least 0.8'],
    ['x', null],
  ]);
  for (const { figure } of report.measured) expect(figure).toBeGreaterThan(0);
  expect(said).toContain('SKIPPED a queue: a queue is not installed: npm ci --prefix bench');
  expect(report.notes).toContain('- SKIPPED a queue: a queue is not installed: npm ci --prefix bench');
});

it('counts nothing for a queue that does a job twice', async () => {
  const twice: Peer = {
    name: 'twice',
    prepare: async () => ({
      open: async () => ({
        enqueue: () => Promise.resolve(),
        work: async (count, onJob) => {
          for (let done = 0; done <= count; done += 1) onJob();
        },
        close: () => Promise.resolve(),
      }),
      close: () => Promise.resolve(),
    }),
  };
  await expect(measure([twice])).rejects.toThrow('Expected 50 jobs to be done once, but 51 began');
});

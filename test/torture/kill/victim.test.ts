import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';
import { makeOwnVictim } from './own-victim.ts';
import { killVictim, type Victim, type VictimReport } from './victim.ts';
import { startVictimServer } from './victim-server.ts';
import { scratch } from '../../helpers/scratch.ts';

const TIMEOUT_MS = 600_000;
const naive = fileURLToPath(new URL('naive-victim.ts', import.meta.url));

async function killAndCount(victim: Victim, kills: number): Promise<VictimReport> {
  const folder = mkdtempSync(join(scratch, 'heads-up-victim-'));
  const { server, close } = await startVictimServer(7);
  try {
    return await killVictim(victim, { kills, seed: 7, atOnce: 3, folder, server });
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// At the same time, because most of a report's time it is quiet.
it.concurrent(
  'counts what a queue repeats that sends again what was in flight',
  { timeout: TIMEOUT_MS },
  async ({ expect }) => {
    const report = await killAndCount({ name: 're-send', entry: naive, environment: { NAIVE: 're-send' } }, 6);
    expect(report).toMatchObject({ kills: 6, jobs: 120, lost: 0 });
    expect(report.duplicates).toBeGreaterThan(0);
  },
);

it.concurrent('counts what a queue loses that marks first', { timeout: TIMEOUT_MS }, async ({ expect }) => {
  const report = await killAndCount({ name: 'mark-first', entry: naive, environment: { NAIVE: 'mark-first' } }, 6);
  expect(report).toMatchObject({ kills: 6, jobs: 120, duplicates: 0 });
  expect(report.lost).toBeGreaterThan(0);
});

it.concurrent('finds nothing of either in our own outbox', { timeout: TIMEOUT_MS }, async ({ expect }) => {
  const report = await killAndCount(await makeOwnVictim(), 6);
  expect(report).toMatchObject({ kills: 6, jobs: 120, duplicates: 0, lost: 0 });
  expect(report.unknown).toBeLessThanOrEqual(18);
});

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OpenProblem } from '../../../main/db/open-database.ts';
import { toError } from '../../../shared/result.ts';
import { judgeEnd, readDatabase } from '../../helpers/crash-verdict.ts';
import type { CrashWorld } from '../../helpers/crash-world.ts';
import { openFaultControl, type Fault } from './faults.ts';
import { findMissing, layOut, prepareFolder, scenes, startEngineOn, startWorld, type Scene } from './fault-scenes.ts';
import { places } from './promises.ts';

/**
 * Entry of the process whose disk fails: `node fault-run.ts FOLDER CONTROL-FILE PLAN`.
 *
 * Prints a line of JSON for each run. One process for all of them: it has to survive each.
 */

export type FaultPlan = Readonly<{
  rows: readonly FaultRow[];
  /** Epoch ms; null for no end but the plan's. */
  endAt: number | null;
}>;

/** One scene with one fault, at every `step`-th change until a run has fewer changes than that. */
export type FaultRow = Readonly<{ scene: string; fault: Fault; first: number; step: number; most: number | null }>;

export type FaultRun = Readonly<{
  scene: string;
  fault: Fault;
  /** The change that met the fault, counted from 1 among those that the fault is about. */
  at: number;
  /** Changes that failed. 0 ends the row: the scene has fewer changes than that. */
  failed: number;
  findings: readonly string[];
  /** What the log and the answers to calls said of it, in order. */
  told: readonly string[];
}>;

const MINUTE_MS = 60_000;
/** Far enough apart for every pause that the engine keeps. */
const RECOVERY_MINUTES = [5, 8, 20, 90, 180];
/** More changes than any scene has. */
const NEVER = 2 ** 31 - 1;

const [, , folder = '', controlFile = '', plan = ''] = process.argv;
const control = openFaultControl(controlFile);
const prepared = join(folder, 'prepared');
const root = join(folder, 'shop');

let uncaught: string[] = [];
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (thrown: unknown) => uncaught.push(`${event}: ${String(toError(thrown).stack)}`));

/** Runs a scene on a disk that fails, then again on one that is well, and judges what came of both. */
async function runOnce(scene: Scene, fault: Fault, at: number, usual: ReadonlySet<string>): Promise<FaultRun> {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  layOut(scene, prepared, root);
  const world = await startWorld();
  try {
    await scene.begin(world, root);
    uncaught = [];
    const { told: all, failed, findings } = await failOnce(scene, world, fault, at);
    const told = all.filter((line) => !usual.has(line));
    if (failed > 0 && told.length === 0 && fault.endsWith('lasting')) findings.push('nobody was told');
    await recover(scene, world, findings);
    findings.push(...uncaught);
    return { scene: scene.name, fault, at, failed, findings, told };
  } finally {
    await world.close();
  }
}

async function failOnce(scene: Scene, world: CrashWorld, fault: Fault, at: number) {
  const told: string[] = [];
  const findings: string[] = [];
  let failed = 0;
  control.arm(fault, at);
  try {
    const engine = await startEngineOn(root, world, world.world.clock.now(), (level, message, fields) => {
      if (level !== 'info') told.push(`${level}: ${message} ${fields}`);
    });
    try {
      await scene.play(engine, world, (what) => told.push(`answer: ${what}`));
    } finally {
      // Half of the time the disk is well again before the product ends.
      if (at % 2 === 0) failed += control.disarm();
      await engine.stop();
    }
  } catch (error) {
    told.push(`ended: ${toError(error).message}`);
    const isExplained = error instanceof OpenProblem || /config\.json|key file/.test(toError(error).message);
    if (!isExplained) findings.push(`thrown: ${String(toError(error).stack)}`);
  }
  failed += control.disarm();
  return { told, findings, failed };
}

/** The next start, on a disk that is well. */
async function recover(scene: Scene, world: CrashWorld, findings: string[]): Promise<void> {
  try {
    await world.advanceTo(scene.againAt);
    const engine = await startEngineOn(root, world, scene.againAt, () => undefined);
    const refusals: string[] = [];
    await scene.play(engine, world, (what) => refusals.push(what));
    for (const minutes of RECOVERY_MINUTES) {
      await world.advanceTo(scene.againAt + minutes * MINUTE_MS);
      await engine.wakeAt(scene.againAt + minutes * MINUTE_MS);
    }
    await engine.stop();
    findings.push(...refusals.map((refusal) => `refused on a disk that is well: ${refusal}`));
    findings.push(...judgeEnd(world, readDatabase(join(root, places.database)), scene.expected(world)).problems);
    findings.push(...(await findMissing(scene, root, world)));
  } catch (error) {
    findings.push(`cannot go on: ${String(toError(error).stack)}`);
  }
}

/** What the log says of a scene on a disk that is well; none of it tells of a fault. */
async function listenToUsual(scene: Scene): Promise<ReadonlySet<string>> {
  const { told, findings } = await runOnce(scene, 'EIO', NEVER, new Set());
  if (findings.length > 0) throw new Error(`The scene ${scene.name} fails by itself: ${findings.join('; ')}`);
  return new Set(told);
}

async function playRow({ scene: name, fault, first, step, most }: FaultRow, endAt: number): Promise<void> {
  const scene = scenes.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`There is no scene ${name}`);
  const usual = await listenToUsual(scene);
  for (let runs = 0; runs !== most && Date.now() < endAt; runs += 1) {
    const run = await runOnce(scene, fault, first + runs * step, usual);
    process.stdout.write(`${JSON.stringify(run)}\n`);
    if (run.failed === 0) return;
  }
}

mkdirSync(prepared);
await prepareFolder(prepared);
// Written by io.ts alone.
const { rows, endAt } = JSON.parse(plan) as FaultPlan;
for (const row of rows) await playRow(row, endAt ?? Number.POSITIVE_INFINITY);
process.exit();

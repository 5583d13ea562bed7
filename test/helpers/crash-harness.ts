import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runToEnd, startCrashChild, type CrashChild, type CrashEnd, type CrashJob } from './crash-job.ts';
import type { CrashPath } from './crash-paths.ts';
import { compareBooks, judgeEnd, judgeWreck, readDatabase } from './crash-verdict.ts';
import { startCrashWorld, type CrashWorld, type RequestKill } from './crash-world.ts';
import { scratch } from './scratch.ts';

/** Where and how one run is cut short: before a statement, by its number or by how it begins, or at a request. */
export type Cut = (
  Readonly<{ statement: number }> | Readonly<{ before: string }> | Readonly<Pick<RequestKill, 'request' | 'fate'>>
) &
  Readonly<{
    /** The next start is killed too, before this statement. */
    again?: number;
  }>;

/** An engine that a control makes wrong: in what it does on its wreck, or in its commits until it is killed. */
export type WrongEngine = Readonly<{ sqlAtRecovery: string }> | Readonly<{ commitsEachStatement: true }>;

export type CrashReport = Readonly<{
  kills: number;
  /** Runs that came to their end before the statement at which they were to be killed. */
  over: number;
  unknown: number;
  unknownButDelivered: number;
  /** Each must be explained; empty when all went well. */
  findings: readonly string[];
  /** The same, each with where it was cut. */
  found: readonly Readonly<{ cut: Cut; what: string }>[];
}>;

export type CrashHarness = Readonly<{
  /** Statements of the path when nothing is cut short, the opening of the database included. */
  statements: number;
  /** Those before which a kill leaves something of its own behind. */
  turns: readonly number[];
  /** Statements of the start after an end in peace. */
  recoveryStatements: number;
  /** Its requests, in order. */
  requests: readonly string[];
  /** Cuts each run short in a world of its own, starts the engine again, and judges. */
  cut: (cuts: readonly Cut[], wrong?: WrongEngine) => Promise<CrashReport>;
  /** One cut at a time, for tests that look more closely. */
  cutOne: (cut: Cut, look: (run: CutRun) => Promise<void>) => Promise<void>;
  close: () => void;
}>;

export type CutRun = Readonly<{ world: CrashWorld; databasePath: string; job: (more: Partial<CrashJob>) => CrashJob }>;

const AT_ONCE = availableParallelism();
/** Wrecks that one process takes up again, each from its own file. */
const BATCH = 12;

/** Prepares the path's database once; every cut begins from a copy of it and a fresh world in the same state. */
export async function openHarness(path: CrashPath): Promise<CrashHarness> {
  const folder = mkdtempSync(join(scratch, 'heads-up-crash-'));
  const prepared = join(folder, 'prepared.db');
  const first = await startCrashWorld(path.populate);
  await path.prepare(first, async (connected, steps) => {
    await runToEnd([{ databasePath: prepared, world: first.address, connected, steps }]);
  });
  await first.close();
  let copies = 0;

  async function begin(): Promise<CutRun> {
    const world = await startCrashWorld(path.populate);
    // The world alone: its database is the copy.
    await path.prepare(world, () => Promise.resolve());
    world.armKill(undefined);
    copies += 1;
    const databasePath = join(folder, `${copies}.db`);
    copyFileSync(prepared, databasePath);
    const { connected, steps } = path;
    const job = { databasePath, world: world.address, connected, steps } as const;
    return { world, databasePath, job: (more) => ({ ...job, ...more }) };
  }

  const whole = await begin();
  const { statements, turns } = await runToEnd([whole.job({})]);
  const requests = [...whole.world.requests()];
  const recovery = { connected: ['smartrr', 'postscript', 'inbox'], steps: path.recovery } as const;
  const { statements: recoveryStatements } = await runToEnd([whole.job(recovery)]);
  const uncut = readDatabase(whole.databasePath);
  const uncutVerdict = judgeEnd(whole.world, uncut, path.expected(whole.world.world));
  await whole.world.close();
  // A path that ends wrong by itself would put the blame on the kills.
  if (uncutVerdict.problems.length > 0) throw new Error(uncutVerdict.problems.join('\n'));

  /**
   * `missed` when the process came to its end although it was to be killed. `over` when it had fewer statements: where
   * three requests are under way at once, the order of their answers decides how many there are.
   */
  async function cutShort(run: CutRun, cut: Cut, wrong?: WrongEngine): Promise<'killed' | 'missed' | 'over'> {
    const commitsEachStatement = wrong !== undefined && 'commitsEachStatement' in wrong;
    const child = await startCrashChild([run.job({ ...killInJob(cut), commitsEachStatement })]);
    if ('request' in cut) armKill(run.world, cut, child);
    const end = await child.end;
    if (end.kind === 'done') return isOver(end, cut) ? 'over' : 'missed';
    run.world.armKill(undefined);
    if (cut.again === undefined) return 'killed';
    const second = await startCrashChild([run.job({ ...recovery, killAtStatement: cut.again })]);
    return (await second.end).kind === 'killed' ? 'killed' : 'missed';
  }

  async function cutOne(cut: Cut, look: (run: CutRun) => Promise<void>): Promise<void> {
    const run = await begin();
    try {
      if ((await cutShort(run, cut)) !== 'killed')
        throw new Error(`Expected the process to be killed at ${JSON.stringify(cut)}`);
      await look(run);
    } finally {
      await run.world.close();
    }
  }

  /** Kills one run after the other, then starts the engine again on every wreck, in one process for all of them. */
  async function cutBatch(cuts: readonly Cut[], wrong: WrongEngine | undefined): Promise<CrashReport> {
    const found: { cut: Cut; what: string }[] = [];
    const runs: { run: CutRun; cut: Cut }[] = [];
    const report = { kills: 0, over: 0, unknown: 0, unknownButDelivered: 0 };
    const note = (cut: Cut, problems: readonly string[]): void => {
      for (const problem of problems) found.push({ cut, what: `${path.name}, ${JSON.stringify(cut)}: ${problem}` });
    };
    try {
      for (const cut of cuts) {
        const run = await begin();
        runs.push({ run, cut });
        const end = await cutShort(run, cut, wrong);
        if (end === 'killed') report.kills += 1;
        if (end === 'over') report.over += 1;
        if (end === 'missed') note(cut, ['the process came to its end']);
        note(cut, judgeWreck(readDatabase(run.databasePath)));
      }
      const atStart = wrong !== undefined && 'sqlAtRecovery' in wrong ? { sqlAtStart: wrong.sqlAtRecovery } : {};
      await runToEnd(runs.map(({ run: { job } }) => job({ ...recovery, ...atStart })));
      for (const { run, cut } of runs) {
        const { world, databasePath } = run;
        const side = readDatabase(databasePath);
        const expected = path.expected(world.world);
        const verdict = judgeEnd(world, side, expected);
        note(cut, verdict.problems);
        if (expected.mostUnknown === 0) note(cut, compareBooks(side, uncut));
        report.unknown += verdict.unknown;
        report.unknownButDelivered += verdict.unknownButDelivered;
      }
      return { ...report, found, findings: found.map(({ what }) => what) };
    } finally {
      for (const { run } of runs) await run.world.close();
    }
  }

  async function cutMany(cuts: readonly Cut[], wrong?: WrongEngine): Promise<CrashReport> {
    const batches = Array.from({ length: Math.ceil(cuts.length / BATCH) }, (_, index) =>
      cuts.slice(index * BATCH, (index + 1) * BATCH),
    );
    const reports: CrashReport[] = [];
    async function work(): Promise<void> {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
        reports.push(await cutBatch(batch, wrong));
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const sum = (count: (report: CrashReport) => number): number => reports.reduce((all, one) => all + count(one), 0);
    return {
      kills: sum(({ kills }) => kills),
      over: sum(({ over }) => over),
      unknown: sum(({ unknown }) => unknown),
      unknownButDelivered: sum(({ unknownButDelivered }) => unknownButDelivered),
      findings: reports.flatMap(({ findings }) => findings),
      found: reports.flatMap(({ found }) => found),
    };
  }

  return {
    statements,
    turns,
    recoveryStatements,
    requests,
    cut: cutMany,
    cutOne,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function isOver({ runs }: Extract<CrashEnd, { kind: 'done' }>, cut: Cut): boolean {
  return 'statement' in cut && (runs.at(-1)?.statements ?? 0) < cut.statement;
}

function killInJob(cut: Cut): Partial<CrashJob> {
  if ('statement' in cut) return { killAtStatement: cut.statement };
  return 'before' in cut ? { killBefore: cut.before } : {};
}

function armKill(world: CrashWorld, cut: Readonly<Pick<RequestKill, 'request' | 'fate'>>, child: CrashChild): void {
  world.armKill({
    ...cut,
    kill: async () => {
      child.process.kill('SIGKILL');
      await child.end;
    },
  });
}

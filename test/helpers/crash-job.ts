import { spawn, type ChildProcess } from 'node:child_process';
import { bundleProcess } from './process-bundle.ts';
import type { WorldAddress } from './crash-world.ts';

/** What one engine does, from opening its database to its end. */
export type CrashJob = Readonly<{
  databasePath: string;
  world: WorldAddress;
  connected: readonly ('postscript' | 'smartrr' | 'inbox')[];
  /** Each moves the world's clock and the engine's to `at`, then runs one of the shop's jobs, or does as a person does. */
  steps: readonly CrashStep[];
  /** SIGKILL right before this statement runs, counted from 1 at the opening of the database. */
  killAtStatement?: number;
  /** The same before the first statement that begins like this. */
  killBefore?: string;
  /** For the controls: a wrong recovery. */
  sqlAtStart?: string;
  /** For the controls: what is to be one commit is as many as there are statements. */
  commitsEachStatement?: boolean;
}>;

/** `askForUndo`: a person asks for the newest skip to be taken back. */
export type CrashStep = Readonly<{ at: number; run: 'sync' | 'deliver' | 'replies' | 'runAll' | 'askForUndo' }>;

/** What a job took that came to its end. */
export type CrashRun = Readonly<{
  statements: number;
  /** Those of them, counted from 1, before which a kill leaves something of its own behind. */
  turns: readonly number[];
}>;

export type CrashEnd = Readonly<{ kind: 'killed' }> | Readonly<{ kind: 'done'; runs: readonly CrashRun[] }>;

export type CrashChild = Readonly<{ process: ChildProcess; end: Promise<CrashEnd> }>;

/** Runs jobs one after the other in a new process. It ends when they are done, or by SIGKILL in the middle of one. */
export async function startCrashChild(jobs: readonly CrashJob[]): Promise<CrashChild> {
  const { entry, compileCache } = await bundleProcess(new URL('crash-child.ts', import.meta.url));
  const child = spawn(process.execPath, [entry, JSON.stringify(jobs)], {
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const end = new Promise<CrashEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve({ kind: 'killed' });
      // The child's one line is its own list of runs.
      else if (code === 0) resolve({ kind: 'done', runs: JSON.parse(output) as CrashRun[] });
      else reject(new Error(`The engine's process ended with ${String(signal ?? code)}:\n${errors}`));
    });
  });
  return { process: child, end };
}

/** Runs jobs to their end and answers what the last one took. */
export async function runToEnd(jobs: readonly CrashJob[]): Promise<CrashRun> {
  const { end: ended } = await startCrashChild(jobs);
  const end = await ended;
  if (end.kind === 'killed') throw new Error('Expected the process to end by itself');
  return end.runs.at(-1) ?? { statements: 0, turns: [] };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export type Child = Readonly<{
  /** Resolves with the match once the output (stdout and stderr) holds it; rejects when the process ends first. */
  waitFor: (pattern: RegExp) => Promise<RegExpExecArray>;
  output: () => string;
  kill: (signal: NodeJS.Signals) => void;
  exitCode: Promise<number | null>;
}>;

/** Starts a real process from the repository's root with nothing of our environment but PATH and HOME. */
export function startChild(command: string, args: readonly string[], environment: Record<string, string> = {}): Child {
  const child = spawn(command, args, {
    cwd: new URL('../..', import.meta.url),
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let hasEnded = false;
  const listeners = new Set<() => void>();
  const collect = (chunk: string): void => {
    output += chunk;
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  // 'close' comes after the last output, 'exit' may come before it.
  const exitCode = once(child, 'close').then(([code]) => {
    hasEnded = true;
    for (const listener of listeners) listener();
    return code as number | null;
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exitCode;
  });

  return {
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output);
          if (match === null && !hasEnded) return;
          listeners.delete(look);
          if (match === null) reject(new Error(`The process ended without ${String(pattern)}:\n${output}`));
          else resolve(match);
        };
        listeners.add(look);
        look();
      }),
    output: () => output,
    kill: (signal) => void child.kill(signal),
    exitCode,
  };
}

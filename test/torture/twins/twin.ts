import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bundleProcess } from '../../helpers/process-bundle.ts';

export type TwinOrder = Readonly<{ dataFolder: string; postscriptUrl: string; postscriptKey: string }>;

/** What a twin says, one line of JSON each. */
export type TwinWord =
  | Readonly<{ kind: 'loaded' }>
  /** It has the data folder. */
  | Readonly<{ kind: 'holds' }>
  | Readonly<{ kind: 'refused'; message: string }>
  /** Nothing is left in line. */
  | Readonly<{ kind: 'done' }>;

export type Twin = Readonly<{
  /** Resolves when it has said that; rejects when it ends before. */
  heard: (kind: TwinWord['kind']) => Promise<TwinWord>;
  /** Whether it got the folder, once it knows. */
  outcome: Promise<TwinWord>;
  begin: () => void;
  /** In peace; resolves when it has ended. */
  stop: () => Promise<void>;
  kill: () => Promise<void>;
}>;

/** Starts the process of an engine that waits for the word to open its folder. */
export async function startTwin(order: TwinOrder): Promise<Twin> {
  const { entry, compileCache } = await bundleProcess(new URL('engine-process.ts', import.meta.url));
  const child = spawn(process.execPath, [entry, JSON.stringify(order)], {
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compileCache },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // It may be dead when it is spoken to.
  child.stdin.on('error', () => undefined);
  const words: TwinWord[] = [];
  const listeners = new Set<() => void>();
  let hasEnded = false;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    words.push(JSON.parse(line) as TwinWord);
    tell();
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      hasEnded = true;
      tell();
      resolve();
    });
  });

  const find = (fits: (word: TwinWord) => boolean): Promise<TwinWord> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = words.find(fits);
        if (found === undefined && !hasEnded) return;
        listeners.delete(look);
        if (found === undefined) reject(new Error(`The engine's process ended after ${JSON.stringify(words)}`));
        else resolve(found);
      };
      listeners.add(look);
      look();
    });

  await find(({ kind }) => kind === 'loaded');
  return {
    heard: (kind) => find((word) => word.kind === kind),
    get outcome() {
      return find(({ kind }) => kind === 'holds' || kind === 'refused');
    },
    begin: () => void child.stdin.write('begin\n'),
    stop: async () => {
      child.stdin.write('stop\n');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

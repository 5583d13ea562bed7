import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../main/core/store.ts';
import { createEngine, type Engine } from '../../../main/engine/engine.ts';
import type { EngineStart, SecretName } from '../../../main/engine/port.ts';

import { contract, type EngineChannel, type Input, type Output } from '../../../shared/ipc/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { scratch } from '../../helpers/scratch.ts';

export type OpenEngineOptions = Readonly<{
  dataFolder?: string;
  remotes?: EngineStart['remotes'];
  startInPractice?: boolean;
  /** Secrets kept since an earlier start. */
  vault?: Map<SecretName, string>;
  /** The computer's unless given. */
  clock?: Clock;
}>;

/** A folder that is gone after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(scratch, 'heads-up-failures-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The whole engine in this thread, with a vault in memory; everything that it says is kept. */
export async function openEngine(options: OpenEngineOptions = {}) {
  const {
    dataFolder = makeFolder(),
    remotes,
    startInPractice = false,
    vault = new Map<SecretName, string>(),
    clock,
  } = options;
  const said: string[] = [];
  const engine: Engine = await createEngine({
    start: {
      host: 'browser',
      version: '0.0.0-test',
      dataFolder,
      startInPractice,
      ...(remotes === undefined ? {} : { remotes }),
    },
    vault: {
      read: async (name) => vault.get(name) ?? null,
      write: async (name, value) => void vault.set(name, value),
      remove: async (name) => void vault.delete(name),
    },
    ...(clock === undefined ? {} : { clock }),
    emit: () => undefined,
    restart: () => undefined,
    log: (level, message, fields) => said.push(`${level} ${message} ${JSON.stringify(fields)}`),
  });
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    await engine.stop();
  };
  onTestFinished(stop);

  async function call<C extends EngineChannel>(channel: C, input: Input<C>): Promise<Result<Output<C>>> {
    const result = await engine.call(channel, input);
    said.push(JSON.stringify(result));
    if (!result.ok) return result;
    // The schema of this very channel; TypeScript cannot pair the two.
    return { ok: true, value: contract[channel].output.parse(result.value) as Output<C> };
  }

  return {
    dataFolder,
    vault,
    call,
    value: async <C extends EngineChannel>(channel: C, input: Input<C>): Promise<Output<C>> => {
      const result = await call(channel, input);
      if (!result.ok) throw new Error(`${channel}: ${result.error.message}`);
      return result.value;
    },
    wake: engine.wake,
    stop,
    said,
    /** Where that text stands in anything that the engine said or wrote. */
    findTraces: (text: string): string[] => [
      ...said.filter((line) => line.includes(text)),
      ...filesIn(dataFolder).filter((file) => readFileSync(file).includes(text)),
    ],
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

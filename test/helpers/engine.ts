import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createEngine } from '../../main/engine/engine.ts';
import type { EngineHost } from '../../main/engine/context.ts';
import type { EngineStart, SecretName } from '../../main/engine/port.ts';
import { contract, type EngineChannel, type Input, type Output } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/result.ts';
import { scratch } from './scratch.ts';

export type TestEngineOptions = Readonly<{
  dataFolder?: string;
  startInPractice?: boolean;
  remotes?: EngineStart['remotes'];
  secrets?: Partial<Record<SecretName, string>>;
  /** What the host's vault says when it is to keep a secret. */
  refuseSecrets?: string;
  onStatement?: EngineHost['onStatement'];
}>;

/** A folder of its own, gone when the test ends. */
export function makeDataFolder(): string {
  const folder = mkdtempSync(join(scratch, 'heads-up-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The whole engine in this thread, with secrets in memory. Every answer is held against the contract. */
export async function startTestEngine(options: TestEngineOptions = {}) {
  const {
    dataFolder = makeDataFolder(),
    startInPractice = false,
    remotes,
    secrets = {},
    refuseSecrets,
    onStatement,
  } = options;
  const vault = new Map<SecretName, string>(Object.entries(secrets) as [SecretName, string][]);
  const events: string[] = [];
  const logged: { level: string; message: string }[] = [];
  const start: EngineStart = {
    host: 'browser',
    version: '0.0.0-test',
    dataFolder,
    startInPractice,
    // Nothing listens there: a test that forgets its simulators meets a refused connection, never a real service.
    remotes: remotes ?? { postscript: 'http://127.0.0.1:9', smartrr: 'http://127.0.0.1:9' },
  };
  const host: EngineHost = {
    start,
    vault: {
      read: (name) => Promise.resolve(vault.get(name) ?? null),
      write: (name, value) => {
        if (refuseSecrets !== undefined) return Promise.reject(new Error(refuseSecrets));
        vault.set(name, value);
        return Promise.resolve();
      },
      remove: (name) => {
        vault.delete(name);
        return Promise.resolve();
      },
    },
    emit: (event) => void events.push(event),
    log: (level, message) => void logged.push({ level, message }),
    ...(onStatement && { onStatement }),
    restart: () => {
      restarted = current.stop().then(async () => {
        current = await createEngine(host);
      });
    },
  };
  let restarted = Promise.resolve();
  let current = await createEngine(host);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= restarted.then(() => current.stop()));
  onTestFinished(stop);

  const call = async <C extends EngineChannel>(channel: C, input: Input<C>): Promise<Result<Output<C>>> => {
    expect(contract[channel].input.safeParse(input).error).toBeUndefined();
    await restarted;
    const result = await current.call(channel, input);
    if (result.ok)
      expect({ channel, error: contract[channel].output.safeParse(result.value).error }).toEqual({ channel });
    // Held against the channel's own schema in the line above.
    return result as Result<Output<C>>;
  };

  return {
    call,
    /** The answer of a call that is expected to succeed. */
    ask: async <C extends EngineChannel>(channel: C, input: Input<C>): Promise<Output<C>> => {
      const result = await call(channel, input);
      if (!result.ok) throw new Error(`${channel}: ${result.error.message}`);
      return result.value;
    },
    sleep: () => current.sleep(),
    wake: () => current.wake(),
    stop,
    dataFolder,
    vault,
    events,
    logged,
  };
}

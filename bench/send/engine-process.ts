import { createEngine } from '../../main/engine/engine.ts';
import type { SecretName } from '../../main/engine/port.ts';
import type { Result } from '../../shared/result.ts';

/** Entry of the process that the sending engine runs in, alone, so that what it costs can be told. */

export type SendStart = Readonly<{
  dataFolder: string;
  remotes: Readonly<{ postscript: string; smartrr: string }>;
  secrets: Readonly<Partial<Record<SecretName, string>>>;
  /** What the engine's clock shows when it starts; it goes on from there in real time. */
  startAt: number;
}>;

export type SendAsk = Readonly<
  | { id: number; ask: 'cpu' }
  | { id: number; ask: 'call'; channel: string; input: unknown }
  | { id: number; ask: 'stop' }
>;

async function run({ dataFolder, remotes, secrets, startAt }: SendStart): Promise<void> {
  const startedAt = performance.now();
  const engine = await createEngine({
    start: { host: 'browser', version: '0.0.0-bench', dataFolder, startInPractice: false, remotes },
    vault: {
      read: (name) => Promise.resolve(secrets[name] ?? null),
      write: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    },
    emit: () => undefined,
    restart: () => undefined,
    log: () => undefined,
    clock: {
      now: () => Math.round(startAt + performance.now() - startedAt),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
  });
  process.on('message', (message: SendAsk) => {
    void answer(message).then((value) => {
      process.send?.({ id: message.id, value });
      if (message.ask === 'stop') process.disconnect();
    });
  });
  process.send?.({ id: 0, value: 'ready' });

  async function answer(message: SendAsk): Promise<unknown> {
    if (message.ask === 'stop') return engine.stop();
    if (message.ask === 'cpu') return process.cpuUsage();
    // The bench asks for channels of the contract only.
    const result: Result<unknown> = await engine.call(
      message.channel as Parameters<typeof engine.call>[0],
      message.input,
    );
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  }
}

process.once('message', (start: SendStart) => void run(start));
process.on('disconnect', () => process.exit(0));

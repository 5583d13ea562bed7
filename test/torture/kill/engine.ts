import { existsSync, readFileSync } from 'node:fs';
import type { EngineChannel, Input, Output } from '../../../shared/ipc/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { bundleProcess } from '../../helpers/process-bundle.ts';
import type { EngineCalls, EngineOrder } from './engine-process.ts';
import { startCalled, type CalledProcess } from './remote-calls.ts';

export type EngineProcess = CalledProcess<EngineCalls> &
  Readonly<{
    /** A contract call, as a window would make it. */
    ask: <C extends EngineChannel>(channel: C, input: Input<C>) => Promise<Result<Output<C>>>;
  }>;

/** What the errors of the harness call it. */
export const engineName = 'the engine';

/** Starts the process, without an engine in it yet. */
export async function startEngineProcess(): Promise<EngineProcess> {
  const { entry, compileCache } = await bundleProcess(new URL('engine-process.ts', import.meta.url));
  const started = startCalled<EngineCalls>({ name: engineName, entry }, { NODE_COMPILE_CACHE: compileCache });
  return {
    ...started,
    ask: async <C extends EngineChannel>(channel: C, input: Input<C>) =>
      // The engine answers with this channel's own output.
      (await started.call.ask(channel, input)) as Result<Output<C>>,
  };
}

/** How far a process came; nowhere when it died before it could count: the points it reached, and the turns among them. */
export function readPoints({ countPath }: Pick<EngineOrder, 'countPath'>): Readonly<{ points: number; turns: number }> {
  const bytes = existsSync(countPath) ? readFileSync(countPath) : Buffer.alloc(0);
  if (bytes.length < 16) return { points: 0, turns: 0 };
  return { points: bytes.readDoubleLE(0), turns: bytes.readDoubleLE(8) };
}

/** The value of an answer that is expected to be good. */
export function valueOf<Value>(answer: Result<Value>): Value {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

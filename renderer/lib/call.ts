import type { Input, Output } from '../../shared/ipc/contract.ts';
import type { Channel } from '../../shared/ipc/channels.ts';
import { fail, toError, type AppError, type Result } from '../../shared/result.ts';
import { bridge } from './bridge.ts';

/** An expected failure on its way to a screen: what happened, and what to do next. */
export class CallError extends Error {
  readonly failure: AppError;

  constructor(failure: AppError) {
    super(failure.message);
    this.name = 'CallError';
    this.failure = failure;
  }
}

function isResult(value: unknown): value is Result<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
}

async function invoke(channel: Channel, input: unknown): Promise<Result<unknown>> {
  try {
    const answer = await bridge.invoke(channel, input);
    if (isResult(answer)) return answer;
    return fail('bad_answer', 'Heads Up answered with something unreadable.', 'Try again.');
  } catch (error) {
    return fail('internal', toError(error).message, 'Try again. If it stays, restart Heads Up.');
  }
}

/** Turns a Result back into return-or-throw, which is what TanStack Query expects. */
export async function call<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
  const result = await invoke(channel, input);
  if (!result.ok) throw new CallError(result.error);
  // The one cast of the renderer's side: the engine's handlers are typed by the same contract.
  return result.value as Output<C>;
}

/** What a screen shows for anything thrown; a bug says so instead of pretending to be understood. */
export function toFailure(error: Error): AppError {
  return error instanceof CallError
    ? error.failure
    : { code: 'internal', message: error.message, nextStep: 'Try again. If it stays, restart Heads Up.' };
}

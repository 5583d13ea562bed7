import type { Output } from '../../shared/ipc/contract.ts';
import type { EngineKeeper } from './engine-keeper.ts';

/** An engine that is busy must not keep anybody from quitting. */
const patienceMs = 2000;

/** Whether the merchant's own shop hands triggers to Postscript now. An engine that does not answer in time may do so. */
export async function isSending({ state, call }: Pick<EngineKeeper, 'state' | 'call'>): Promise<boolean> {
  if (state().state !== 'running') return false;
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), patienceMs);
  const answer = await Promise.race([call('status.get', {}), late.promise]);
  clearTimeout(timer);
  if (answer === null) return true;
  if (!answer.ok) return false;
  // The engine's answers are as the contract says.
  const { sendingOn, isPractice } = answer.value as Output<'status.get'>;
  return sendingOn && !isPractice;
}

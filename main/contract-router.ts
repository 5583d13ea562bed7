import { channels, type Channel } from '../shared/ipc/channels.ts';
import { contract, type ComputerHandlers, type EngineChannel } from '../shared/ipc/contract.ts';
import { fail, toError, type Result } from '../shared/result.ts';

export type Router = (channel: unknown, input: unknown) => Promise<Result<unknown>>;

type RouterDeps = Readonly<{
  /** What the host answers itself; everything else goes to the engine. */
  computer: ComputerHandlers;
  call: (channel: EngineChannel, input: unknown) => Promise<Result<unknown>>;
  /** Told what was thrown; the window only learns that something went wrong. */
  onBug: (channel: Channel, error: Error) => void;
}>;

const knownChannels: ReadonlySet<unknown> = new Set(channels);

/** The one way from a window into the engine and its host: nothing passes that the contract does not describe, and nothing is thrown. */
export function createRouter({ computer, call, onBug }: RouterDeps): Router {
  return async (channel, input) => {
    if (!isChannel(channel)) return fail('invalid_input', 'There is no such channel.');
    const parsed = contract[channel].input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const place = issue === undefined || issue.path.length === 0 ? 'Input' : issue.path.join('.');
      // The names of unknown fields are somebody's input, which an answer never repeats.
      const problem = issue === undefined || issue.code === 'unrecognized_keys' ? 'not as agreed' : issue.message;
      return fail('invalid_input', `${place}: ${problem}`);
    }
    try {
      if (!isComputerChannel(computer, channel)) return await call(channel, parsed.data);
      // TypeScript cannot pair a channel in a variable with its own handler.
      const handle = computer[channel] as (input: unknown) => Result<unknown> | Promise<Result<unknown>>;
      return await handle(parsed.data);
    } catch (error) {
      onBug(channel, toError(error));
      return fail('internal', 'Something went wrong.', 'The details are in the log.');
    }
  };
}

function isChannel(channel: unknown): channel is Channel {
  return knownChannels.has(channel);
}

function isComputerChannel(computer: ComputerHandlers, channel: Channel): channel is keyof ComputerHandlers {
  return Object.hasOwn(computer, channel);
}

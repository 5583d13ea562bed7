import { fork, type ChildProcess } from 'node:child_process';
import { toError } from '../../../shared/result.ts';

/** Calls between two of the harness's processes, over the channel that `fork` opens. Plain data only. */

type Calls = Readonly<Record<string, (...input: never[]) => unknown>>;
/** The same functions as the other process sees them. */
export type Remote<Served extends Calls> = {
  [Name in keyof Served]: (...input: Parameters<Served[Name]>) => Promise<Awaited<ReturnType<Served[Name]>>>;
};

type Ask = Readonly<{ id: number; name: string; input: readonly unknown[] }>;
type Answer = Readonly<{ id: number; value: unknown } | { id: number; problem: string }>;
type Notice = Readonly<{ notice: unknown }>;

/** What takes longer on a loaded machine than anything that ends is a process that hangs. */
const PATIENCE_MS = 180_000;

/** Answers the calls of the process that forked this one, and ends with it. */
export function serveCalls(calls: Calls): void {
  process.on('message', ({ id, name, input }: Ask) => {
    const call = calls[name] as ((...input: readonly unknown[]) => unknown) | undefined;
    Promise.resolve()
      .then(() => {
        if (call === undefined) throw new Error(`There is no call ${name}`);
        return call(...input);
      })
      .then(
        (value) => tell({ id, value }),
        (thrown: unknown) => tell({ id, problem: toError(thrown).stack ?? toError(thrown).message }),
      );
  });
  // A parent that was killed cannot say goodbye.
  process.on('disconnect', () => process.exit(0));
}

/** Something that the other side did not ask for. */
export function notify(notice: unknown): void {
  tell({ notice });
}

function tell(message: Answer | Notice): void {
  if (process.connected) process.send?.(message);
}

export type CalledProcess<Served extends Calls> = Readonly<{
  process: ChildProcess;
  /** Rejects when the process ends first, or does not answer. */
  call: Remote<Served>;
  /** Resolves with the signal, or the code, with which it ended. */
  ended: Promise<NodeJS.Signals | number>;
  errors: () => string;
}>;

type Waiting = Readonly<{ resolve: (value: unknown) => void; reject: (error: Error) => void; timer: NodeJS.Timeout }>;

/** Starts a process that answers calls. `name` is what its errors call it. */
export function startCalled<Served extends Calls>(
  { name, entry, patienceMs = PATIENCE_MS }: Readonly<{ name: string; entry: string; patienceMs?: number }>,
  environment: Readonly<Record<string, string>>,
  onNotice: (notice: unknown) => void = () => undefined,
): CalledProcess<Served> {
  const child = fork(entry, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  // Without a listener a failed start or a broken channel would end the harness; `close` tells whoever waits.
  child.on('error', (error) => (errors += `${error.message}\n`));

  const take = (id: number): Waiting | undefined => {
    const asked = waiting.get(id);
    waiting.delete(id);
    clearTimeout(asked?.timer);
    return asked;
  };
  child.on('message', (message: Answer | Notice) => {
    if ('notice' in message) onNotice(message.notice);
    else if ('problem' in message) take(message.id)?.reject(new Error(message.problem));
    else take(message.id)?.resolve(message.value);
  });
  const ended = new Promise<NodeJS.Signals | number>((resolve) => {
    child.once('close', (code, signal) => {
      for (const id of waiting.keys()) take(id)?.reject(new LostError(name, 'ended', errors));
      resolve(signal ?? code ?? 1);
    });
    // One that never began does not end either.
    child.once('error', () => child.pid === undefined && resolve(1));
  });
  const call = (what: string, input: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const timer = setTimeout(() => {
        take(id)?.reject(new LostError(name, 'silent', `${what}, ${patienceMs / 1000} s. ${errors}`));
      }, patienceMs);
      waiting.set(id, { resolve, reject, timer });
      // The answer to a process that is gone is given by `close`, unless that was before.
      child.send({ id, name: what, input }, (error) => {
        if (error !== null) take(id)?.reject(new LostError(name, 'ended', errors));
      });
    });
  return {
    process: child,
    call: new Proxy(
      {},
      {
        get:
          (_target, what) =>
          (...input: readonly unknown[]) =>
            call(String(what), input),
      },
      // The other side serves functions of these very names and types.
    ) as Remote<Served>,
    ended,
    errors: () => errors,
  };
}

/** No answer comes from the other process any more. */
export class LostError extends Error {
  readonly who: string;
  readonly how: 'ended' | 'silent';

  constructor(who: string, how: 'ended' | 'silent', detail: string) {
    super(`${who}: ${how === 'ended' ? 'it ended before it answered' : 'it does not answer'}. ${detail}`.trim());
    this.who = who;
    this.how = how;
  }
}

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
  /** Rejects when the process ends first. */
  call: Remote<Served>;
  /** Resolves with the signal, or the code, with which it ended. */
  ended: Promise<NodeJS.Signals | number>;
  errors: () => string;
}>;

/** Starts a process that answers calls. */
export function startCalled<Served extends Calls>(
  entry: string,
  environment: Readonly<Record<string, string>>,
  onNotice: (notice: unknown) => void = () => undefined,
): CalledProcess<Served> {
  const child = fork(entry, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  const waiting = new Map<number, Readonly<{ resolve: (value: unknown) => void; reject: (error: Error) => void }>>();
  let lastId = 0;
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  child.on('message', (message: Answer | Notice) => {
    if ('notice' in message) {
      onNotice(message.notice);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if ('problem' in message) call?.reject(new Error(message.problem));
    else call?.resolve(message.value);
  });
  const ended = new Promise<NodeJS.Signals | number>((resolve) => {
    child.once('close', (code, signal) => {
      for (const { reject } of waiting.values()) reject(new EndedError(errors));
      waiting.clear();
      resolve(signal ?? code ?? 1);
    });
  });
  const call = (name: string, input: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      // The answer to a process that is gone is given by `close`, unless that was before.
      child.send({ id, name, input }, (error) => {
        if (error !== null && waiting.delete(id)) reject(new EndedError(errors));
      });
    });
  return {
    process: child,
    call: new Proxy(
      {},
      {
        get:
          (_target, name) =>
          (...input: readonly unknown[]) =>
            call(String(name), input),
      },
      // The other side serves functions of these very names and types.
    ) as Remote<Served>,
    ended,
    errors: () => errors,
  };
}

/** The other process ended before it could answer. */
export class EndedError extends Error {
  constructor(errors: string) {
    super(`The process ended before it answered. ${errors}`);
  }
}

export type Lane = Readonly<{
  /** Runs the job; when it is running already, once more after that, so that nothing that came in between waits. */
  run: () => Promise<void>;
  settle: () => Promise<void>;
}>;

/** A job that never overlaps itself. Any number of requests during a run are answered by one more run. */
export function createLane(job: () => Promise<void>): Lane {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function run(): Promise<void> {
    if (current === undefined) {
      current = job().finally(() => {
        current = undefined;
      });
      return current;
    }
    next ??= current.then(() => {
      next = undefined;
      return run();
    });
    return next;
  }

  return { run, settle: async () => (next ?? current)?.then(() => undefined) };
}

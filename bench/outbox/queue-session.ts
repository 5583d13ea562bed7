/** One queue in the race, opened empty for one round. */
export type QueueSession = Readonly<{
  /** Resolves when all of them are on the disk: one commit, also for several. */
  enqueue: (keys: readonly string[]) => Promise<void>;
  /** Claims and finishes one job after the other, `count` of them. `onJob` stands in the place of the job's work. */
  work: (count: number, onJob: () => void) => Promise<void>;
  close: () => Promise<void>;
}>;

/** `folder` is this round's own; `keys` are the jobs that will come, for a queue whose jobs are about something. */
export type OpenQueue = (folder: string, keys: readonly string[]) => Promise<QueueSession>;

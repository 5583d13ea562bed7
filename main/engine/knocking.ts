import { schedule, type ScheduledTask } from 'node-cron';

/** Every ten seconds; a query decides what is due. */
const KNOCK = '*/10 * * * * *';
const LOOK_EVERY_MS = 10_000;

/**
 * Knocks every ten seconds, whatever becomes of the computer's clock; returns what ends it.
 *
 * node-cron waits for the instant of its next match. After the clock was set back by a day that instant is a day away,
 * and nothing would run until then; so a timer, which no clock can stop, looks for that and starts the schedule anew.
 * After three days of sleep it would complain once for each of 26,000 missed knocks; one knock is all that is needed.
 */
export function startKnocking(knock: () => void): () => Promise<void> {
  const start = (): ScheduledTask =>
    schedule(KNOCK, knock, { noOverlap: true, name: 'knock', suppressMissedWarning: true });
  let task = start();
  let seenAt = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now < seenAt) {
      void task.destroy();
      task = start();
      knock();
    }
    seenAt = now;
  }, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await task.destroy();
  };
}

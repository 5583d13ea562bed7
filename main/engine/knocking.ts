import { schedule, type ScheduledTask } from 'node-cron';

/** Every ten seconds; a query decides what is due. */
const KNOCK = '*/10 * * * * *';
const LOOK_EVERY_MS = 1000;
/** A busy or a stopped process comes late to its looks as well; starting the schedule anew then does no harm. */
const JUMP_MS = 30_000;

/**
 * Knocks every ten seconds, whatever becomes of the computer's clock; returns what ends it.
 *
 * node-cron waits for the instant of its next match. After the clock was set back by a day that instant is a day away,
 * and nothing would run until then. After it was set forward, or after a sleep, it walks through every match that it
 * missed: a computer that starts without a battery and then learns the time would keep the engine busy for hours, and
 * out of memory. So a timer, which no clock can stop, looks for both and starts the schedule anew.
 */
export function startKnocking(knock: () => void): () => Promise<void> {
  const start = (): ScheduledTask =>
    schedule(KNOCK, knock, { noOverlap: true, name: 'knock', suppressMissedWarning: true });
  let task = start();
  let seenAt = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now < seenAt || now - seenAt > JUMP_MS) {
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

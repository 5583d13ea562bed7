const PATIENCE_MS = 2000;

/**
 * Waits for a job that a click has started, but not longer than a person looks at a spinner; the job goes on.
 *
 * A queue of thousands takes minutes at the account's rate, and the screens follow it by themselves.
 */
export async function waitBriefly(job: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([job, patience]);
  clearTimeout(timer);
}

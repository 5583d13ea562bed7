import type { VictimEnvironment } from '../../test/torture/kill/victim.ts';

/** What a job of a victim does: one request, which is done when it was answered with 2xx. */
export async function postJob(key: string): Promise<void> {
  // The victims' loop starts this process, with all of them.
  const { VICTIM_URL, VICTIM_KEY } = process.env as VictimEnvironment;
  const response = await fetch(VICTIM_URL, {
    method: 'POST',
    headers: { Authorization: `Bearer ${VICTIM_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ type: 'job', external_id: key }),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, PartReport } from '../part.ts';
import { forgeries, honestThenForged, replayed, stalled } from './forged-requests.ts';
import { startInboxProcess, type InboxKind } from './inbox-process.ts';
import { exchange, stall, statusesOf } from './raw-socket.ts';
import { readResponses, runLoad } from './run-load.ts';
import { scratch } from '../../helpers/scratch.ts';

/** Node and the inbox at rest take about 80 MB. */
const MOST_MB = 300;
const found = (what: string): Finding => ({ what, replay: null });

/**
 * Forged requests to the inbox of every kind, slow ones that hold connections, and a flood of them; honest webhooks come
 * all the while. None of what is forged is kept or tells anything, all that is honest is.
 *
 * @param perSecond of the flood, which lasts a second
 */
export async function forgeWebhooks(perSecond: number, kind: InboxKind = 'sound'): Promise<PartReport> {
  const folder = mkdtempSync(join(scratch, 'heads-up-forged-'));
  const inbox = await startInboxProcess(join(folder, 'inbox.sqlite'), kind);
  const { port } = inbox;
  const slow = Array.from({ length: 300 }, (_, index) => stall(port, stalled[index % stalled.length] ?? ''));
  const honest = {
    port,
    count: 50,
    perSecond: 50,
    connections: 50,
    textBytes: 20,
    comesAgain: false,
    holdsBack: false,
  };
  try {
    const [kept, flood, answers] = await Promise.all([
      runLoad({ ...honest, prefix: 'honest-' }),
      runLoad({ ...honest, prefix: 'forged-', count: perSecond, perSecond, connections: 500, isForged: true }),
      Promise.all(forgeries.map(async ({ text }) => statusesOf(await exchange(port, text)))),
    ]);
    const pipelined = statusesOf(await exchange(port, honestThenForged('honest-0'), 2));
    const again = statusesOf(await exchange(port, replayed('honest-1')));
    const stored = await readResponses(port);
    const peakMb = inbox.peakMb();
    const findings = [
      ...forgeries.flatMap(({ name, may }, index) => {
        const status = answers[index]?.[0] ?? 0;
        return may.includes(status) ? [] : [found(`Forged, ${name}: was answered ${status}.`)];
      }),
      ...(flood.every(({ status }) => status === 401) ? [] : [found('A flood of forged webhooks was not refused.')]),
      ...(kept.every(({ status }) => status === 200) ? [] : [found('An honest webhook got no 200 meanwhile.')]),
      ...(pipelined.join() === '200,401'
        ? []
        : [found(`An honest and a forged one on one connection: ${pipelined.join()}.`)]),
      ...(again.join() === '200' ? [] : [found(`A replayed webhook was answered ${again.join()}.`)]),
      ...(stored.length === kept.length && stored.every((id) => id.startsWith('honest-'))
        ? []
        : [found(`${stored.length} texts are stored, of ${kept.length} honest ones.`)]),
      ...(peakMb !== null && peakMb > MOST_MB ? [found(`The inbox held ${peakMb} MB.`)] : []),
    ];
    const figures = [
      { name: 'forged requests to the inbox', value: forgeries.length + flood.length + 2 },
      { name: 'connections that never end, beside them', value: slow.length },
    ];
    return { figures, findings, skipped: null };
  } finally {
    for (const socket of slow) socket.destroy();
    await inbox.kill();
    rmSync(folder, { recursive: true });
  }
}

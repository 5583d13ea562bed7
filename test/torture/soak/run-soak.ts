import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineHeapLimits } from '../../../main/engine/port.ts';
import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import { forkPracticeShop } from '../../../main/practice/remote-practice-shop.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import type { FromSoak, Sample, ToSoak } from './soak-messages.ts';

export type SoakRun = Readonly<{
  subscriptions: number;
  seed: number;
  hours: number;
  /** Simulated minutes between two looks at everything. */
  stepMinutes: number;
  /** For the control. */
  isLeaking?: boolean;
  /** Asked after each simulated hour; true ends the run. */
  isOver?: () => boolean;
  say: (line: string) => void;
}>;

export type Soaked = Readonly<{
  samples: readonly Sample[];
  mostWalMb: number;
  /** Events that simulated Postscript received, and those of them that it had received before. */
  received: number;
  repeated: number;
  notices: number;
  problems: readonly string[];
}>;

const MINUTE_MS = 60_000;
/** The practice shop's customers have that many subscriptions each. */
const SUBSCRIPTIONS_EACH = 1.25;

/** Lets the whole engine, in a process of its own, live with a lively shop, in another, for so many simulated hours. */
export async function runSoak(run: SoakRun): Promise<Soaked> {
  const { subscriptions, seed, hours, stepMinutes, isLeaking = false, say } = run;
  const { startAt } = defaultPracticeOptions;
  const dataFolder = mkdtempSync(join(tmpdir(), 'heads-up-soak-'));
  const customers = Math.max(1, Math.round(subscriptions / SUBSCRIPTIONS_EACH));
  const shop = await forkPracticeShop(
    { ...defaultPracticeOptions, customers, seed, isLively: true },
    new URL('../../../main/practice/world-process.ts', import.meta.url),
  );
  const engine = forkEngine();
  const samples: Sample[] = [];
  const problems: string[] = [];
  let mostWalMb = 0;
  try {
    await engine.ask({
      kind: 'start',
      start: { dataFolder, startAt, urls: shop.urls, credentials: shop.credentials, isLeaking },
    });
    const sample = async (): Promise<void> => {
      const answer = await engine.ask({ kind: 'sample' });
      if (answer.kind !== 'sampled') throw new Error(`Expected a sample, got ${answer.kind}`);
      samples.push(answer.sample);
      problems.push(...answer.problems);
      say(JSON.stringify(answer.sample));
    };
    await sample();
    let now = startAt;
    for (let hour = 1; hour <= hours && run.isOver?.() !== true; hour += 1) {
      while (now < startAt + hour * 60 * MINUTE_MS) {
        const next = now + stepMinutes * MINUTE_MS;
        await shop.control.advanceTo(next);
        const answer = await engine.ask({ kind: 'tick', at: next });
        if (answer.kind !== 'ticked') throw new Error(`Expected a tick, got ${answer.kind}`);
        // A full line takes its time at the account's rate; the world's time goes on by it too.
        now = answer.now;
        mostWalMb = Math.max(mostWalMb, answer.walMb);
      }
      await sample();
    }
    const { events } = await shop.control.ledger();
    const ids = events.map(({ externalId }) => externalId);
    await engine.ask({ kind: 'stop' });
    return {
      samples,
      mostWalMb,
      received: ids.length,
      repeated: ids.length - new Set(ids).size,
      notices: events.filter(({ eventType }) => eventType === triggers.upcoming_order.eventType).length,
      problems,
    };
  } finally {
    await engine.end();
    await shop.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** With the heap's bounds of a host, so that its memory is the memory a merchant sees. */
function forkEngine() {
  const { maxOldGenerationSizeMb, maxYoungGenerationSizeMb } = engineHeapLimits;
  const child = fork(fileURLToPath(new URL('soak-engine.ts', import.meta.url)), [], {
    execArgv: [
      '--expose-gc',
      `--max-old-space-size=${maxOldGenerationSizeMb}`,
      // The young generation is three of these.
      `--max-semi-space-size=${maxYoungGenerationSizeMb / 3}`,
    ],
    serialization: 'advanced',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ask: (message: ToSoak): Promise<FromSoak> =>
      new Promise((resolve, reject) => {
        const gone = (): void => reject(new Error("The engine's process has ended"));
        child.once('exit', gone);
        child.once('message', (answer: FromSoak) => {
          child.off('exit', gone);
          if (answer.kind === 'failed') reject(new Error(answer.message));
          else resolve(answer);
        });
        child.send(message);
      }),
    end: async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

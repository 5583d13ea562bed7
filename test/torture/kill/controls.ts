import type { Fate } from './gate.ts';
import type { Kill } from './shop-plan.ts';
import type { Worker } from './shop-history.ts';
import { runShop } from './shop-run.ts';
import { judgeShop } from './shop-verdict.ts';

/** A wrong recovery that the harness must find out, or it proves nothing. */
export type Control = Readonly<{
  name: string;
  sql: string;
  finds: string;
  pattern: RegExp;
  fate: Extract<Fate, 'arrived' | 'applied'>;
}>;

export const controls: readonly Control[] = [
  {
    name: 're-send what was in flight',
    sql: "UPDATE deliveries SET state = 'waiting' WHERE state = 'sending'",
    finds: 'duplicates',
    pattern: /^duplicateEvents/,
    fate: 'applied',
  },
  {
    name: 'mark as sent before sending',
    sql: "UPDATE deliveries SET state = 'accepted' WHERE state = 'sending'",
    finds: 'losses',
    pattern: /^lostTriggers: .* is accepted here but never reached Postscript/,
    fate: 'arrived',
  },
];

const KILLS = 8;
const CUSTOMERS = 120;

/** How often it was found out. */
export async function runControl(worker: Worker, { sql, pattern, fate }: Control, seed: number): Promise<number> {
  const kill: Kill = { kind: 'request', request: 1, fate, fits: 'POST /api/v2/events' };
  const history = await runShop(worker, {
    seed,
    // A shop in which Postscript knows no id again.
    shop: 0,
    kills: KILLS,
    customers: CUSTOMERS,
    replay: Array.from({ length: KILLS }, () => kill),
    sqlAtStart: sql,
    isOver: () => false,
  });
  try {
    const { wreck } = history.notes;
    if (history.broken !== null || wreck === null) throw new Error(history.broken ?? 'it has no database');
    const { findings } = judgeShop(history, wreck, await worker.world.call.ledger());
    return findings.filter((finding) => pattern.test(finding)).length;
  } finally {
    history.remove();
    await worker.world.call.close();
  }
}

import type { FaultKind } from '../../../main/practice/faults.ts';
import type { Kill } from './shop-plan.ts';
import type { Worker } from './shop-history.ts';
import { runShop } from './shop-run.ts';
import { judgeShop } from './shop-verdict.ts';

/** A wrong engine that the harness must find out, or it proves nothing. */
export type Control = Readonly<{
  name: string;
  /** Makes it wrong, at every start. */
  sql: string;
  finds: string;
  pattern: RegExp;
  /** How each of its lives ends. */
  kill: Kill;
  lostAnswer: FaultKind | null;
}>;

const atAnEvent = { kind: 'request', request: 1, fits: 'POST /api/v2/events' } as const;
/** A life that does all that it is to do. */
const atItsEnd = { kind: 'point', number: Number.MAX_SAFE_INTEGER } as const;

export const controls: readonly Control[] = [
  {
    name: 're-send what was in flight',
    sql: "UPDATE deliveries SET state = 'waiting' WHERE state = 'sending'",
    finds: 'duplicates',
    pattern: /^duplicateEvents/,
    kill: { ...atAnEvent, fate: 'applied' },
    lostAnswer: null,
  },
  {
    name: 'mark as sent before sending',
    sql: "UPDATE deliveries SET state = 'accepted' WHERE state = 'sending'",
    finds: 'losses',
    pattern: /^lostTriggers: .* is accepted here but never reached Postscript/,
    kill: { ...atAnEvent, fate: 'arrived' },
    lostAnswer: null,
  },
  {
    name: 'send again what has no clear answer',
    sql: `CREATE TRIGGER IF NOT EXISTS tries_again AFTER UPDATE OF state ON deliveries WHEN new.state = 'unknown' BEGIN
      UPDATE deliveries SET state = 'retrying', finished_at = NULL WHERE id = new.id;
    END`,
    finds: 'duplicates',
    pattern: /^duplicateEvents/,
    kill: atItsEnd,
    lostAnswer: 'error_after',
  },
  {
    name: 'know no send window',
    sql: `INSERT INTO settings (name, value) VALUES ('window', '{"opens":"00:00","closes":"23:59"}')
      ON CONFLICT (name) DO NOTHING`,
    finds: 'texts at night',
    pattern: /^sentOutsideWindow/,
    kill: atItsEnd,
    lostAnswer: null,
  },
];

const LIVES = 5;
const CUSTOMERS = 120;

/** How often it was found out. */
export async function runControl(worker: Worker, control: Control, seed: number): Promise<number> {
  const { sql, pattern, kill, lostAnswer } = control;
  const history = await runShop(worker, {
    seed,
    // A shop in which Postscript knows no id again.
    shop: 0,
    kills: LIVES,
    customers: CUSTOMERS,
    replay: Array.from({ length: LIVES }, () => kill),
    sqlAtStart: sql,
    lostAnswer,
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

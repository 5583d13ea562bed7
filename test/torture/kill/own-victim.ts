import { join } from 'node:path';
import Database from 'better-sqlite3';
import { bundleProcess } from '../../helpers/process-bundle.ts';
import type { Victim } from './victim.ts';

/** Our own outbox, three requests at once, for the row of figures beside other queues. */
export async function makeOwnVictim(): Promise<Victim> {
  const { entry, compileCache } = await bundleProcess(new URL('outbox-victim.ts', import.meta.url));
  return {
    name: 'Heads Up',
    entry,
    environment: { NODE_COMPILE_CACHE: compileCache },
    listOpen: (folder) => {
      const db = new Database(join(folder, 'heads-up.db'), { readonly: true });
      try {
        const list = (states: string): readonly string[] =>
          db.prepare<[], string>(`SELECT key FROM deliveries WHERE state IN (${states})`).pluck().all();
        // A request of the very end that has no answer is in doubt from the next start on.
        return { unknown: list("'unknown','sending'"), waiting: list("'planned','waiting','retrying'") };
      } finally {
        db.close();
      }
    },
  };
}

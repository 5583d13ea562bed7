import { findDoneSteps } from '../../core/find-done-steps.ts';
import { findNewestAccepted } from '../../db/newest-accepted.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';

/** The first run is always about the merchant's own shop, also while the practice shop is open. */
export function setupHandlers({ real, changed }: EngineContext): Pick<Handlers, 'setup.get' | 'setup.confirm'> {
  const { shop } = real;
  return {
    'setup.get': () => {
      const { store, db, connections } = shop;
      const isSynced = store.mark('synced_at') !== undefined;
      const newestAccepted = findNewestAccepted(db);
      const { isRunning, rowsSeen, rowsTotal, problem } = shop.syncState();
      return ok({
        doneSteps: findDoneSteps({
          isConnected: (name) => connections.view(name).state !== 'missing',
          isSynced,
          isSendingOn: store.settings().sendingOn,
          isConfirmed: (step) => store.mark(`first_run:${step}`) !== undefined,
        }),
        firstSync: { isRunning, isDone: isSynced, rowsRead: rowsSeen, rowsTotal, problem },
        newestAccepted:
          newestAccepted === undefined ? null : { deliveryId: newestAccepted.id, isTest: newestAccepted.isTest },
      });
    },
    'setup.confirm': ({ step }) => {
      shop.store.setMark(`first_run:${step}`, String(shop.clock.now()));
      changed();
      return ok({});
    },
  };
}

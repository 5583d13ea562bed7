import { randomBytes } from 'node:crypto';
import type { ChannelsOf } from '../../../shared/ipc/contract-part.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import { collectDiagnostics } from '../diagnostics.ts';

export function diagnosticsHandlers(context: EngineContext): Pick<Handlers, ChannelsOf<'diagnostics'>> {
  return {
    'diagnostics.collect': () => {
      const shop = context.active();
      const id = `HU-${randomBytes(4).toString('hex').toUpperCase()}`;
      const madeAt = shop.clock.now();
      // Before the log is read, so that the bundle names itself in it.
      context.log('info', 'A diagnostics bundle was collected', { bundle: id });
      const { files, zip } = collectDiagnostics({
        id,
        madeAt,
        start: context.start,
        shop,
        connections: shop.connections.viewAll(),
        storage: context.storage(),
        isPractice: context.practice() !== undefined,
      });
      return ok({ id, madeAt, files: [...files], zip });
    },
  };
}

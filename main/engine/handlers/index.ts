import type { EngineHandlers } from '../../../shared/ipc/contract.ts';
import type { EngineContext } from '../context.ts';
import { backupHandlers } from './backups.ts';
import { bulkResendHandlers } from './bulk-resend.ts';
import { connectionHandlers } from './connections.ts';
import { customerHandlers } from './customers.ts';
import { deliveryHandlers } from './deliveries.ts';
import { deliveryExportHandlers } from './delivery-export.ts';
import { inboxHandlers } from './inbox.ts';
import { diagnosticsHandlers } from './diagnostics.ts';
import { practiceHandlers } from './practice.ts';
import { privacyHandlers } from './privacy.ts';
import { replyHandlers } from './replies.ts';
import { settingsHandlers } from './settings.ts';
import { setupHandlers } from './setup.ts';
import { statusHandlers } from './status.ts';
import { templateHandlers } from './templates.ts';
import { triggerHandlers } from './triggers.ts';
import { upcomingHandlers } from './upcoming.ts';

/** The engine's part of the contract, answered. Each file is thin adapters onto core and db; a missing channel does not compile. */
export function createHandlers(context: EngineContext): EngineHandlers {
  return {
    ...statusHandlers(context),
    ...upcomingHandlers(context),
    ...triggerHandlers(context),
    ...templateHandlers(context),
    ...deliveryHandlers(context),
    ...bulkResendHandlers(context),
    ...deliveryExportHandlers(context),
    ...replyHandlers(context),
    ...customerHandlers(context),
    ...settingsHandlers(context),
    ...connectionHandlers(context),
    ...inboxHandlers(context),
    ...setupHandlers(context),
    ...practiceHandlers(context),
    ...backupHandlers(context),
    ...diagnosticsHandlers(context),
    ...privacyHandlers(context),
  };
}

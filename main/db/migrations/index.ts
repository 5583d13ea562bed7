import type { Migration } from '../types.ts';
import { createShop } from './0010-create-shop.ts';
import { createPlatform } from './0020-create-platform.ts';
import { createOutbox } from './0030-create-outbox.ts';
import { createReplies } from './0040-create-replies.ts';
import { createTemplates } from './0050-create-templates.ts';
import { createDeliveryLog } from './0060-create-delivery-log.ts';
import { undoSkips } from './0070-undo-skips.ts';
import { eraseCustomers } from './0080-erase-customers.ts';
import { lookAhead } from './0090-look-ahead.ts';
import { smallerFile } from './0100-smaller-file.ts';
import { skipAskedAt } from './0110-skip-asked-at.ts';
import { fewerPages } from './0120-fewer-pages.ts';

/** In order. Forward only; a released migration is never edited. */
export const migrations: readonly Migration[] = [
  createShop,
  createPlatform,
  createOutbox,
  createReplies,
  createTemplates,
  createDeliveryLog,
  undoSkips,
  eraseCustomers,
  lookAhead,
  smallerFile,
  skipAskedAt,
  fewerPages,
];

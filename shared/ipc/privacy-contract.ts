import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { nothing } from './schemas.ts';

/** What is kept about people, and how it is handed out or erased. */
export const privacyContract = {
  'privacy.get': {
    input: nothing,
    output: z.object({
      retentionDays: z.number(),
      /** Replies and requests that are older than that and settled. */
      erasable: z.number(),
      /** When old contents were last erased; null before the first time. */
      erasedAt: z.number().nullable(),
    }),
  },
  'privacy.eraseOldContents': { input: nothing, output: z.object({ erased: z.number() }) },
  'privacy.exportCustomer': {
    input: z.object({ id: z.string().max(200) }),
    output: z.object({ fileName: z.string(), json: z.string() }),
  },
  'privacy.eraseCustomer': {
    input: z.object({
      id: z.string().max(200),
      /** It cannot be undone, so it is asked for in a word of its own. */
      confirmation: z.literal('ERASE'),
    }),
    /** How many backups still know the customer. */
    output: z.object({ backups: z.number() }),
  },
} as const satisfies ContractPart<ChannelsOf<'privacy'>>;

import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { nothing } from './schemas.ts';

/** What a merchant hands to somebody who helps. */
export const diagnosticsContract = {
  'diagnostics.collect': {
    input: nothing,
    output: z.object({
      /** Also in the log, so that both sides mean the same bundle. */
      id: z.string(),
      madeAt: z.number(),
      /** What the archive holds, to be read before it is saved. */
      files: z.array(z.object({ name: z.string(), about: z.string(), text: z.string() })),
      /** The archive itself, in base64. */
      zip: z.string(),
    }),
  },
} as const satisfies ContractPart<ChannelsOf<'diagnostics'>>;

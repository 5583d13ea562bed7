import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { customerRowSchema, decisionSchema } from './schemas.ts';

/** Search, and all that is known about one customer. */
export const customersContract = {
  'customers.search': {
    input: z.object({ text: z.string().max(200) }),
    output: z.array(customerRowSchema),
  },
  'customers.get': {
    input: z.object({ id: z.string().max(100) }),
    output: customerRowSchema.extend({
      decisions: z.array(decisionSchema),
      knownSince: z.number(),
      isBaseline: z.boolean(),
    }),
  },
} as const satisfies ContractPart<ChannelsOf<'customers'>>;

import { z } from 'zod';
import { confirmableSteps, firstRunSteps } from '../domain/first-run.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, nothing } from './schemas.ts';

/** The first run of the merchant's own shop. In the practice shop it still speaks of the own one. */
export const setupContract = {
  'setup.get': {
    input: nothing,
    output: z.object({
      /** In their order; a step may be done while one before it is not. */
      doneSteps: z.array(z.enum(firstRunSteps)),
      firstSync: z.object({
        isRunning: z.boolean(),
        isDone: z.boolean(),
        rowsRead: z.number(),
        /** Subscriptions, as the platform counts them; null until it said so. */
        rowsTotal: z.number().nullable(),
        problem: z.string().nullable(),
      }),
      /** The newest trigger that Postscript accepted, a test or not. */
      newestAccepted: z.object({ deliveryId: z.number(), isTest: z.boolean() }).nullable(),
    }),
  },
  'setup.confirm': { input: z.object({ step: z.enum(confirmableSteps) }), output: done },
} as const satisfies ContractPart<ChannelsOf<'setup'>>;

import { z } from 'zod';
import { nextSteps, setUpStates } from '../domain/set-up.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, nothing, requestPreviewSchema, triggerSchema } from './schemas.ts';

/** Where a test trigger goes: nobody (seeds the definition), or one number the merchant types. */
const testInput = z.object({
  trigger: triggerSchema,
  subscriptionId: z.string().max(200).nullable(),
  phone: z.string().max(40).nullable(),
});

/** The six triggers: what is on, what is set up, and tests by hand. */
export const triggersContract = {
  'triggers.list': {
    input: nothing,
    output: z.array(
      z.object({
        trigger: triggerSchema,
        isEnabled: z.boolean(),
        registeredAt: z.number().nullable(),
        /** An event of this type was accepted at some time, a test or a registration too. */
        isKnownToPostscript: z.boolean(),
        setUp: z.object({ state: z.enum(setUpStates), nextStep: z.enum(nextSteps).nullable() }),
        /** False for a draft: the copy has problems that would reach customers. */
        isCopyReady: z.boolean(),
        lastAcceptedAt: z.number().nullable(),
        /** In the last 24 hours, to the hour. */
        acceptedInDay: z.number(),
        nextDueAt: z.number().nullable(),
        /** In line; counted up to 1,000, as is the next. */
        open: z.number(),
        /** Refused, or without a clear answer. */
        notAccepted: z.number(),
        newestRefusal: z.object({ deliveryId: z.number(), at: z.number() }).nullable(),
      }),
    ),
  },
  'triggers.setEnabled': { input: z.object({ trigger: triggerSchema, isEnabled: z.boolean() }), output: done },
  'triggers.register': {
    input: nothing,
    output: z.array(z.object({ trigger: triggerSchema, ok: z.boolean(), message: z.string() })),
  },
  'triggers.previewTest': { input: testInput, output: requestPreviewSchema },
  'triggers.sendTest': { input: testInput, output: z.object({ deliveryId: z.number() }) },
} as const satisfies ContractPart<ChannelsOf<'triggers'>>;

import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, nothing, requestPreviewSchema, triggerSchema } from './schemas.ts';

/** Where a test trigger goes: nobody (seeds the definition), or one number the merchant types. */
const testInput = z.object({
  trigger: triggerSchema,
  subscriptionId: z.string().max(100).nullable(),
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
        lastAcceptedAt: z.number().nullable(),
        acceptedToday: z.number(),
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

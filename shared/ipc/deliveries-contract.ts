import { z } from 'zod';
import { deliveryStates } from '../domain/deliveries.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { attemptSchema, cursorSchema, decisionSchema, deliveryRowSchema, done, triggerSchema } from './schemas.ts';

/** The delivery log and the decision log. */
export const deliveriesContract = {
  'deliveries.list': {
    input: z.object({
      cursor: cursorSchema,
      state: z.enum(deliveryStates).nullable(),
      trigger: triggerSchema.nullable(),
    }),
    output: z.object({ rows: z.array(deliveryRowSchema), nextCursor: cursorSchema }),
  },
  'deliveries.get': {
    input: z.object({ id: z.number().int() }),
    output: z.object({
      delivery: deliveryRowSchema,
      attempts: z.array(attemptSchema),
      decisions: z.array(decisionSchema),
      renderedCopy: z.string(),
      properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  },
  'deliveries.resend': { input: z.object({ id: z.number().int() }), output: done },
  'deliveries.markAccepted': { input: z.object({ id: z.number().int() }), output: done },
  'decisions.list': {
    input: z.object({ cursor: cursorSchema, customerId: z.string().max(100).nullable() }),
    output: z.object({ rows: z.array(decisionSchema), nextCursor: cursorSchema }),
  },
} as const satisfies ContractPart<ChannelsOf<'decisions' | 'deliveries'>>;

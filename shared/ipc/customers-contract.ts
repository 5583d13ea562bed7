import { z } from 'zod';
import { decisionOutcomes } from '../domain/decisions.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { skipSchema } from './replies-contract.ts';
import { cursorSchema, customerRowSchema, reasonSchema, subscriptionViewSchema } from './schemas.ts';

const customerIdSchema = z.string().max(200);

/** When the notice of a subscription's next order goes out, or why it does not. */
export const noticeOutlookSchema = z.object({
  /** Null when it does not, or has. */
  goesAt: z.number().nullable(),
  reason: reasonSchema.nullable(),
  deliveryId: z.number().nullable(),
});

/** What became of the current order of one subscription, or why nothing did. */
export const orderAnswerSchema = z.object({
  subscriptionId: z.string(),
  orderDate: z.string(),
  outcome: z.enum(decisionOutcomes),
  sentence: z.string(),
  nextStep: z.string().nullable(),
  /** Of the newest decision about it; null while there is none. */
  at: z.number().nullable(),
  deliveryId: z.number().nullable(),
  replyId: z.string().nullable(),
});
export type OrderAnswerView = z.infer<typeof orderAnswerSchema>;

/** Search, and all that is known about one customer. */
export const customersContract = {
  /** The few that a picker shows. */
  'customers.search': {
    input: z.object({ text: z.string().max(200) }),
    output: z.array(customerRowSchema),
  },
  /** The same search, page by page; phones are masked. */
  'customers.list': {
    input: z.object({ text: z.string().max(200), cursor: cursorSchema }),
    output: z.object({ rows: z.array(customerRowSchema), nextCursor: cursorSchema }),
  },
  'customers.get': {
    input: z.object({ id: customerIdSchema }),
    output: customerRowSchema.extend({
      subscriptions: z.array(subscriptionViewSchema.extend({ nextNotice: noticeOutlookSchema.nullable() })),
      phoneMasked: z.string().nullable(),
      knownSince: z.number(),
      isBaseline: z.boolean(),
      /** Newest first. */
      skips: z.array(skipSchema),
      /** "Why did she not get it?", one answer for each subscription that has one. */
      answers: z.array(orderAnswerSchema),
    }),
  },
  /** Asks Postscript. Null: it did not say. */
  'customers.consent': {
    input: z.object({ id: customerIdSchema }),
    output: z.object({
      askedAt: z.number(),
      subscriber: z
        .object({ canSendPromotional: z.boolean().nullable(), canSendTransactional: z.boolean().nullable() })
        .nullable(),
    }),
  },
} as const satisfies ContractPart<ChannelsOf<'customers'>>;

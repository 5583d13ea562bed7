import { z } from 'zod';
import { skipStates } from '../domain/skips.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { cursorSchema, done, reasonSchema, replySchema, triggerSchema } from './schemas.ts';

const replyIdSchema = z.string().max(200);

/** A skip of ours; `undoUntil` is null where it cannot be taken back (any more). */
export const skipSchema = z.object({
  id: z.number(),
  subscriptionId: z.string(),
  orderDate: z.string(),
  newOrderDate: z.string().nullable(),
  state: z.enum(skipStates),
  /** Epoch ms, UTC. */
  undoUntil: z.number().nullable(),
  replyId: z.string(),
  at: z.number(),
});
export type SkipView = z.infer<typeof skipSchema>;

/** Everything from one number. Named by the id of its first reply, so that no phone number stands in an address. */
export const conversationSchema = z.object({
  id: replyIdSchema,
  customerId: z.string().nullable(),
  customerName: z.string(),
  /** Masked. */
  phone: z.string(),
  lastAt: z.number(),
  /** The beginning of the newest reply, or of the newest one that waits for a person when those were asked for. */
  lastText: z.string(),
  lastReason: reasonSchema.nullable(),
  needsPerson: z.boolean(),
});
export type ConversationView = z.infer<typeof conversationSchema>;

export const threadItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), at: z.number(), reply: replySchema, skip: skipSchema.nullable() }),
  /** What Postscript accepted for this number. */
  z.object({
    kind: z.literal('delivery'),
    at: z.number(),
    deliveryId: z.number(),
    trigger: triggerSchema,
    customerName: z.string(),
    orderDate: z.string().nullable(),
    /** An estimate: Postscript holds the live copy. */
    text: z.string(),
  }),
]);
export type ThreadItem = z.infer<typeof threadItemSchema>;

/** Incoming texts and what a person decides about them. */
export const repliesContract = {
  /** Newest first. */
  'replies.listConversations': {
    input: z.object({ cursor: cursorSchema, onlyNeedsPerson: z.boolean() }),
    output: z.object({ rows: z.array(conversationSchema), nextCursor: cursorSchema }),
  },
  /** The conversation that this reply belongs to, newest first. */
  'replies.getConversation': {
    input: z.object({ replyId: replyIdSchema, cursor: cursorSchema }),
    output: z.object({
      conversation: conversationSchema,
      rows: z.array(threadItemSchema),
      nextCursor: cursorSchema,
    }),
  },
  'replies.skipOrder': {
    input: z.object({ replyId: replyIdSchema, subscriptionId: z.string().max(200) }),
    output: done,
  },
  'replies.ignore': { input: z.object({ replyId: replyIdSchema }), output: done },
  /** Takes `replies.ignore` back. */
  'replies.reopen': { input: z.object({ replyId: replyIdSchema }), output: done },
  'replies.undoSkip': { input: z.object({ skipId: z.number() }), output: done },
} as const satisfies ContractPart<ChannelsOf<'replies'>>;

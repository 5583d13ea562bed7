import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { cursorSchema, done, replySchema } from './schemas.ts';

/** Incoming texts and what a person decides about them. */
export const repliesContract = {
  'replies.list': {
    input: z.object({ cursor: cursorSchema, onlyNeedsPerson: z.boolean() }),
    output: z.object({ rows: z.array(replySchema), nextCursor: cursorSchema }),
  },
  'replies.skipOrder': {
    input: z.object({ replyId: z.string().max(200), subscriptionId: z.string().max(100) }),
    output: done,
  },
  'replies.ignore': { input: z.object({ replyId: z.string().max(200) }), output: done },
} as const satisfies ContractPart<ChannelsOf<'replies'>>;

import { z } from 'zod';
import { inboxHops, inboxTestKinds } from '../domain/inbox-test.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { connectionSchema, done, nothing, replySchema } from './schemas.ts';

const nameSchema = z.enum(['postscript', 'smartrr', 'inbox']);

const inboxTestSchema = z.object({
  kind: z.enum(inboxTestKinds),
  startedAt: z.number(),
  isRunning: z.boolean(),
  hops: z.array(
    z.object({
      hop: z.enum(inboxHops),
      state: z.enum(['waiting', 'running', 'passed', 'failed']),
      message: z.string().nullable(),
      nextStep: z.string().nullable(),
    }),
  ),
  /** The text that arrived, when one was waited for. */
  reply: replySchema.nullable(),
});
export type InboxTestView = z.infer<typeof inboxTestSchema>;

/** The remote services and their keys. Keys are write-only: no channel ever returns one. */
export const connectionsContract = {
  'connections.get': { input: nothing, output: z.array(connectionSchema) },
  'connections.savePostscriptKey': { input: z.object({ key: z.string().max(1000) }), output: connectionSchema },
  'connections.saveSmartrrToken': { input: z.object({ token: z.string().max(1000) }), output: connectionSchema },
  'connections.saveInbox': {
    input: z.object({ url: z.string().max(500), token: z.string().max(1000), webhookSecret: z.string().max(1000) }),
    output: connectionSchema,
  },
  'connections.remove': { input: z.object({ name: nameSchema }), output: done },
  /** Asks the service now, with the key that is kept; the message is what it answered. */
  'connections.test': { input: z.object({ name: nameSchema }), output: z.object({ message: z.string() }) },
  'connections.registerWebhook': { input: nothing, output: z.object({ callbackUrl: z.string(), message: z.string() }) },
  /** Starts anew when one is under way. How it goes is in `connections.getInboxTest`. */
  'connections.startInboxTest': { input: z.object({ kind: z.enum(inboxTestKinds) }), output: done },
  'connections.getInboxTest': { input: nothing, output: inboxTestSchema.nullable() },
  'connections.cancelInboxTest': { input: nothing, output: done },
} as const satisfies ContractPart<ChannelsOf<'connections'>>;

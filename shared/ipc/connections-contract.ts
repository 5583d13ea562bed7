import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { connectionSchema, done, nothing } from './schemas.ts';

/** The remote services and their keys. Keys are write-only: no channel ever returns one. */
export const connectionsContract = {
  'connections.get': { input: nothing, output: z.array(connectionSchema) },
  'connections.savePostscriptKey': { input: z.object({ key: z.string().max(1000) }), output: connectionSchema },
  'connections.saveSmartrrToken': { input: z.object({ token: z.string().max(1000) }), output: connectionSchema },
  'connections.saveInbox': {
    input: z.object({ url: z.string().max(500), token: z.string().max(1000), webhookSecret: z.string().max(1000) }),
    output: connectionSchema,
  },
  'connections.remove': { input: z.object({ name: z.enum(['postscript', 'smartrr', 'inbox']) }), output: done },
  'connections.registerWebhook': { input: nothing, output: z.object({ callbackUrl: z.string(), message: z.string() }) },
} as const satisfies ContractPart<ChannelsOf<'connections'>>;

import { z } from 'zod';
import { confirmableSteps } from '../domain/set-up.ts';
import { longestCopy } from '../domain/template.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, triggerSchema } from './schemas.ts';

const copySchema = z.string().max(longestCopy);
const ofTrigger = z.object({ trigger: triggerSchema });
const instant = z.number().nullable();

/** What fills the tags of one customer's text. A tag that has no value is not there, or empty. */
const personSchema = z.object({
  subscriptionId: z.string(),
  customerName: z.string(),
  values: z.record(z.string(), z.string()),
});

/** The copy of each trigger: written and checked here, pasted into Postscript's automation by hand. */
export const templatesContract = {
  'templates.get': {
    input: ofTrigger,
    output: z.object({
      copy: z.string(),
      isReady: z.boolean(),
      /** Newest first, at most 100. Empty while the trigger has the seed's copy. */
      versions: z.array(
        z.object({ id: z.number(), copy: z.string(), savedAt: z.number(), restoredFrom: z.number().nullable() }),
      ),
      confirmations: z.object({
        automationMadeAt: instant,
        copiedAt: instant,
        copiedCopy: z.string().nullable(),
        pastedAt: instant,
        pastedCopy: z.string().nullable(),
        activatedAt: instant,
      }),
      shopName: z.string(),
      accountPageLink: z.string(),
    }),
  },
  'templates.save': { input: ofTrigger.extend({ copy: copySchema }), output: done },
  /** Null: the seed's copy. `previousId` restored again undoes it. */
  'templates.restore': {
    input: ofTrigger.extend({ versionId: z.number().int().nullable() }),
    output: z.object({ previousId: z.number().nullable() }),
  },
  'templates.markCopied': { input: ofTrigger, output: z.object({ copy: z.string() }) },
  'templates.confirm': {
    input: ofTrigger.extend({ step: z.enum(confirmableSteps), isDone: z.boolean() }),
    output: done,
  },
  /** Those whose texts may be the shortest, the longest or the dearest of all customers. */
  'templates.people': { input: ofTrigger, output: z.array(personSchema) },
  'templates.person': { input: ofTrigger.extend({ subscriptionId: z.string().max(200) }), output: personSchema },
} as const satisfies ContractPart<ChannelsOf<'templates'>>;

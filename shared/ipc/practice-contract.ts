import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, nothing, practiceEventSchema, practicePhoneSchema } from './schemas.ts';

/** What a person can break on purpose, to see what the console makes of it. */
export const practiceTroubles = [
  'none',
  'postscript_silent',
  'postscript_refuses',
  'postscript_waits',
  'smartrr_down',
] as const;
export type PracticeTrouble = (typeof practiceTroubles)[number];

/** The practice shop, its clock and its phones. */
export const practiceContract = {
  'practice.start': {
    input: z.object({ customers: z.number().int().min(1).max(5000), seed: z.number().int().min(0).max(2_147_483_647) }),
    output: done,
  },
  'practice.stop': { input: nothing, output: done },
  'practice.get': {
    input: z.object({ search: z.string().max(100) }),
    output: z.object({
      isRunning: z.boolean(),
      now: z.number(),
      timeZone: z.string(),
      trouble: z.enum(practiceTroubles),
      /** Newest message first; customers with messages before those without. */
      phones: z.array(practicePhoneSchema),
      platformEvents: z.array(practiceEventSchema),
    }),
  },
  'practice.advance': {
    input: z.object({ by: z.enum(['hour', 'day', 'next_event']) }),
    output: z.object({ now: z.number() }),
  },
  'practice.setTrouble': { input: z.object({ trouble: z.enum(practiceTroubles) }), output: done },
  'practice.reply': {
    input: z.object({ customerId: z.string().max(100), body: z.string().min(1).max(2000) }),
    output: done,
  },
} as const satisfies ContractPart<ChannelsOf<'practice'>>;

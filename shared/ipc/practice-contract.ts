import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, nothing, practiceEventSchema, practicePhoneSchema, reasonSchema } from './schemas.ts';

/** What a person can break on purpose, to see what the console makes of it. */
export const practiceTroubles = [
  'none',
  'postscript_silent',
  'postscript_refuses',
  'postscript_waits',
  'smartrr_down',
] as const;
export type PracticeTrouble = (typeof practiceTroubles)[number];

/** What happens next: notices and other triggers of ours, or something in the simulated shop. */
export const practiceNextSchema = z.object({
  at: z.number(),
  what: z.enum(['triggers', 'orders', 'charge_again', 'text', 'reply']),
});
export type PracticeNext = z.infer<typeof practiceNextSchema>;

/** What came of a move of the clock or of a reply, by the engine's own counts. */
export const practiceMoveSchema = z.object({
  from: z.number(),
  now: z.number(),
  noticesAccepted: z.number(),
  othersAccepted: z.number(),
  notSent: z.number(),
  replies: z.number(),
  skipped: z.number(),
});
export type PracticeMove = z.infer<typeof practiceMoveSchema>;

const personSchema = z.object({ customerId: z.string(), customerName: z.string() });

/** How far the tour has come, by what really happened. A part is null until then. */
export const practiceTourSchema = z.object({
  /** A phone with a notice that waits for an answer. */
  noticed: personSchema.nullable(),
  /** The newest SKIP that a person texted from a practice phone, and what came of it. */
  answered: personSchema.extend({ at: z.number() }).nullable(),
  decision: z
    .object({ reason: reasonSchema, orderDate: z.string().nullable(), newOrderDate: z.string().nullable() })
    .nullable(),
  platformEvent: practiceEventSchema.nullable(),
  /** The text that confirms the skip, on that phone. */
  confirmation: z.object({ at: z.number(), body: z.string() }).nullable(),
});
export type PracticeTour = z.infer<typeof practiceTourSchema>;

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
      next: practiceNextSchema.nullable(),
      /** Null until something was moved. */
      lastMove: practiceMoveSchema.nullable(),
      tour: practiceTourSchema,
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
    input: z.object({ customerId: z.string().max(200), body: z.string().min(1).max(2000) }),
    output: done,
  },
} as const satisfies ContractPart<ChannelsOf<'practice'>>;

import { z } from 'zod';

/** A newer version, as the feed describes it. Its notes are outside text, bounded, without mark-up. */
export const foundUpdateSchema = z.object({ version: z.string().max(50), notes: z.string().max(4000).nullable() });
export type FoundUpdate = z.infer<typeof foundUpdateSchema>;

export const updateStateSchema = z.discriminatedUnion('kind', [
  /** The merchant has not switched it on. */
  z.object({ kind: z.literal('off') }),
  /** This installation cannot update itself; in words why, and how it gets a newer version. */
  z.object({ kind: z.literal('no_feed'), message: z.string(), nextStep: z.string() }),
  z.object({ kind: z.literal('idle'), lastCheckedAt: z.number().nullable() }),
  z.object({ kind: z.literal('checking') }),
  z.object({ kind: z.literal('available'), update: foundUpdateSchema }),
  z.object({ kind: z.literal('downloading'), update: foundUpdateSchema, percent: z.number().int() }),
  /** Downloaded and found to be what the feed names. Nothing is installed before the merchant says so. */
  z.object({ kind: z.literal('ready'), update: foundUpdateSchema }),
  z.object({
    kind: z.literal('failed'),
    during: z.enum(['check', 'download', 'install']),
    message: z.string(),
    nextStep: z.string(),
    failedAt: z.number(),
  }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;

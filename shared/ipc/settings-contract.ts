import { z } from 'zod';
import { shopSettingsSchema } from '../domain/settings.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, nothing } from './schemas.ts';

/** What belongs to the shop, and the switch that starts sending. */
export const settingsContract = {
  'settings.get': { input: nothing, output: shopSettingsSchema },
  /** What is not named stays as it is: each page saves its own fields. */
  'settings.save': {
    input: shopSettingsSchema.omit({ sendingOn: true, enabledTriggers: true }).partial(),
    output: shopSettingsSchema,
  },
  'sending.setOn': { input: z.object({ on: z.boolean() }), output: done },
  'sending.releaseHold': { input: nothing, output: done },
} as const satisfies ContractPart<ChannelsOf<'sending' | 'settings'>>;

import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { nothing } from './schemas.ts';

export const hosts = ['desktop', 'browser'] as const;
export type HostName = (typeof hosts)[number];

/** What closing the desktop window does; `ask` until the merchant has chosen. */
export const closeChoices = ['ask', 'keep_running', 'quit'] as const;

const desktopSettingsSchema = z.object({
  onClose: z.enum(closeChoices),
  /** Whether the operating system tells of what needs a person. */
  notifications: z.boolean(),
});

const computerSchema = z.object({
  host: z.enum(hosts),
  version: z.string(),
  dataFolder: z.string(),
  logFile: z.string(),
  /** How keys are kept on this computer, in words, and whether that is safe. */
  secretStore: z.object({ isSafe: z.boolean(), description: z.string() }),
  /** What only the desktop app can do; null in a browser tab. */
  desktop: desktopSettingsSchema.nullable(),
});
export type Computer = z.infer<typeof computerSchema>;

/** What belongs to this computer. Answered by the host itself: the engine knows no host. */
export const computerContract = {
  'computer.get': { input: nothing, output: computerSchema },
  /** What is not named stays as it is. */
  'computer.save': { input: desktopSettingsSchema.partial(), output: computerSchema },
} as const satisfies ContractPart<ChannelsOf<'computer'>>;

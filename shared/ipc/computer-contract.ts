import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, nothing } from './schemas.ts';
import { updateStateSchema } from './update-state.ts';

export const hosts = ['desktop', 'browser'] as const;
export type HostName = (typeof hosts)[number];

/** What closing the desktop window does; `ask` until the merchant has chosen. */
export const closeChoices = ['ask', 'keep_running', 'quit'] as const;

/**
 * Whether Heads Up is started when its person logs in, as the operating system has it: `needs_approval` is asked for and
 * not allowed yet, `switched_off` was forbidden there, `other_program` starts another copy.
 */
export const launchStates = ['on', 'off', 'needs_approval', 'switched_off', 'other_program', 'unavailable'] as const;
export type LaunchState = (typeof launchStates)[number];

const launchAtLoginSchema = z.object({
  state: z.enum(launchStates),
  /** What stands in the way, and where it is changed. */
  note: z.string().nullable(),
});
export type LaunchAtLoginView = z.infer<typeof launchAtLoginSchema>;

const desktopSettingsSchema = z.object({
  onClose: z.enum(closeChoices),
  /** Whether the operating system tells of what needs a person. */
  notifications: z.boolean(),
  looksForUpdates: z.boolean(),
  /** A downloaded update gets in when the merchant quits, without being asked again. */
  installsOnQuit: z.boolean(),
});

/** How the engine is, as its host sees it. Instants are epoch ms of this computer's clock. */
const engineStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  /** `restartedAt`: when it was last started again after a crash; null while there was none. */
  z.object({ state: z.literal('running'), restartedAt: z.number().nullable() }),
  z.object({ state: z.literal('restarting'), since: z.number() }),
  /** For good, until a person does something about it. */
  z.object({ state: z.literal('stopped'), since: z.number(), message: z.string(), nextStep: z.string() }),
]);
export type EngineState = z.infer<typeof engineStateSchema>;

/** How keys are kept on this computer. */
const secretStoreSchema = z.object({
  /**
   * `unprotected`: there is no keyring, and nothing is kept; `accepted`: the same, and the merchant wants it all the same;
   * `unavailable`: there is one, and it gives no key now.
   */
  state: z.enum(['protected', 'unprotected', 'accepted', 'unavailable']),
  description: z.string(),
  /** Which saved keys cannot be opened, why, and what to do about it. */
  problem: z.string().nullable(),
});
export type SecretStoreState = z.infer<typeof secretStoreSchema>;

const computerSchema = z.object({
  host: z.enum(hosts),
  version: z.string(),
  dataFolder: z.string(),
  logFile: z.string(),
  engine: engineStateSchema,
  secretStore: secretStoreSchema,
  /** What only the desktop app can do; null in a browser tab. */
  desktop: desktopSettingsSchema
    .extend({
      /** Null on a Mac, where closing its window never ends an app. */
      onClose: z.enum(closeChoices).nullable(),
      launchAtLogin: launchAtLoginSchema,
      /** Chromium's own, around the page; the starter of an AppImage goes without where the system forbids it. */
      hasSandbox: z.boolean(),
      updates: updateStateSchema,
    })
    .nullable(),
});
export type Computer = z.infer<typeof computerSchema>;

/** What belongs to this computer. Answered by the host itself: the engine knows no host. */
export const computerContract = {
  'computer.get': { input: nothing, output: computerSchema },
  /** What is not named stays as it is. */
  'computer.save': {
    input: desktopSettingsSchema.extend({ launchAtLogin: z.boolean() }).partial(),
    output: computerSchema,
  },
  /** Keys are kept although no keyring protects them; false takes that back and removes the keys that are kept so. */
  'computer.acceptWeakKeyring': { input: z.object({ accept: z.boolean() }), output: computerSchema },
  /** These begin it; `updates` says what comes of it. */
  'computer.checkForUpdate': { input: nothing, output: done },
  'computer.downloadUpdate': { input: nothing, output: done },
  /** Quits, installs and starts again. */
  'computer.installUpdate': { input: nothing, output: done },
} as const satisfies ContractPart<ChannelsOf<'computer'>>;

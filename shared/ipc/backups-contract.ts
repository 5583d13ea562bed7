import { z } from 'zod';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { done, nothing } from './schemas.ts';

export const backupKinds = ['daily', 'asked', 'before_update', 'replaced', 'other'] as const;

export const backupSchema = z.object({
  name: z.string(),
  kind: z.enum(backupKinds),
  madeAt: z.number(),
  bytes: z.number(),
});
export type BackupView = z.infer<typeof backupSchema>;

/** Only a name that `backups.list` gave is found; no path can be meant. */
const name = z.string().min(1).max(200);

/** Copies of the shop's database on this computer. */
export const backupsContract = {
  'backups.list': {
    input: nothing,
    output: z.object({
      folder: z.string(),
      /** Newest first. */
      backups: z.array(backupSchema),
      /** So many of the daily ones are kept. */
      dailyKept: z.number(),
      /** The newest restore: the moment its backup knows, and when it was put in place. */
      restored: z.object({ madeAt: z.number(), restoredAt: z.number() }).nullable(),
    }),
  },
  'backups.create': { input: nothing, output: backupSchema },
  'backups.remove': { input: z.object({ name }), output: done },
  /** Answers when the backup was found to be sound; the engine then starts anew on it. */
  'backups.restore': { input: z.object({ name }), output: done },
} as const satisfies ContractPart<ChannelsOf<'backups'>>;

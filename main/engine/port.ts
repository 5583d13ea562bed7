import type { AppEvent } from '../../shared/ipc/channels.ts';
import type { SecretStoreState } from '../../shared/ipc/computer-contract.ts';
import type { EngineChannel } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/result.ts';

/**
 * What crosses between a host and the engine's worker thread. Structured-clone data only.
 *
 * Both sides ask: the host carries contract calls in, the engine asks the host for secrets, because only a host
 * knows where secrets can be kept safely.
 */

export const secretNames = ['postscript_key', 'smartrr_token', 'inbox_token', 'inbox_webhook_secret'] as const;
export type SecretName = (typeof secretNames)[number];

/** Where a host keeps secrets. Values never travel further than the engine. */
export type SecretVault = Readonly<{
  read: (name: SecretName) => Promise<string | null>;
  /** Rejects with a sentence for the merchant when the secret cannot be kept safely. */
  write: (name: SecretName, value: string) => Promise<void>;
  remove: (name: SecretName) => Promise<void>;
  describe: () => Promise<SecretStoreState>;
}>;

export type EngineStart = Readonly<{
  host: 'desktop' | 'browser';
  version: string;
  /** Folder that holds the shop's database; the engine creates it with mode 0700. */
  dataFolder: string;
  startInPractice: boolean;
  /** Where the remote services are; tests and the release check point them at simulators. */
  remotes?: Readonly<{ postscript: string; smartrr: string }>;
}>;

/**
 * Bounds of the engine's heap, MB. Without them V8 lets garbage pile up by the size of the machine, so that a large
 * shop's first sync looks like a leak; the engine itself holds a page at a time and lives on a tenth of this.
 */
export const engineHeapLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 256 } as const;

export type HostToEngine =
  | Readonly<{ kind: 'call'; id: number; channel: EngineChannel; input: unknown }>
  | Readonly<{ kind: 'secret-answer'; id: number; ok: boolean; value: string | null; message: string }>
  /** The computer is about to sleep: no request for a delivery begins. */
  | Readonly<{ kind: 'sleep' }>
  /** The computer woke up: every job looks at once at what is due. */
  | Readonly<{ kind: 'wake' }>
  | Readonly<{ kind: 'stop' }>;

export type EngineToHost =
  | Readonly<{ kind: 'ready' }>
  /** The engine cannot run (database newer, locked, unreadable). The message is for the merchant. */
  | Readonly<{ kind: 'cannot-start'; message: string; nextStep: string }>
  | Readonly<{ kind: 'result'; id: number; result: Result<unknown> }>
  | Readonly<{ kind: 'event'; event: AppEvent }>
  | Readonly<{
      kind: 'secret-ask';
      id: number;
      ask: 'read' | 'write' | 'remove';
      name: SecretName;
      value: string | null;
    }>
  | Readonly<{
      kind: 'log';
      level: 'info' | 'warn' | 'error';
      message: string;
      fields: Readonly<Record<string, unknown>>;
    }>
  /** This engine ends now, `stopped` follows; another one is to be started after it, which is no crash. */
  | Readonly<{ kind: 'restart' }>
  | Readonly<{ kind: 'stopped' }>;

import type { AppEvent } from '../../shared/ipc/channels.ts';
import type { Clock } from '../core/store.ts';
import type { Clients } from './clients.ts';
import type { InboxTest } from './inbox-test.ts';
import type { EngineStart, SecretVault } from './port.ts';
import type { PracticeSession } from './practice-session.ts';
import type { ServerClock } from './server-clock.ts';
import type { Shop } from './shop.ts';

/** What the engine asks of its host. */
export type EngineHost = Readonly<{
  start: EngineStart;
  vault: Pick<SecretVault, 'read' | 'write' | 'remove'>;
  emit: (event: AppEvent) => void;
  /** Ends this engine, after the call that is under way, and starts another on the same folder. */
  restart: () => void;
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** The time that the real shop lives in; the computer's unless given. */
  clock?: Clock;
  /** How long an answer to a delivery is waited for, ms; reads of the platform wait twice as long. 15,000 unless given. */
  requestTimeoutMs?: number;
  /** Called with every statement right before it runs; crash tests stop the process there. */
  onStatement?: (sql: unknown) => void;
}>;

export type StorageState = Readonly<{ state: 'checking' | 'sound' | 'failing' | 'damaged'; message: string | null }>;

/** The real shop's keys: held in memory for the clients, in the host's vault for good. */
export type RealShop = Readonly<{
  shop: Shop;
  clients: () => Clients;
  clockSkewMs: ServerClock['skewMs'];
  savePostscriptKey: (key: string, label: string | null) => Promise<void>;
  saveSmartrrToken: (token: string, label: string | null) => Promise<void>;
  saveInbox: (url: string, token: string, webhookSecret: string) => Promise<void>;
  /** Asks the host once more for the keys that it could not open: a keyring may be unlocked by now. */
  openSecretsAgain: () => Promise<void>;
  inbox: () => Readonly<{ url: string; webhookSecret: string }> | null;
  remove: (name: 'postscript' | 'smartrr' | 'inbox') => Promise<void>;
  /** Makes clients with these secrets to try them, without keeping anything. */
  tryAccess: (
    access: Readonly<{ postscriptKey?: string; smartrrToken?: string; inbox?: { url: string; token: string } }>,
  ) => Clients;
  settingsChanged: () => void;
}>;

export type EngineContext = Readonly<{
  start: EngineStart;
  real: RealShop;
  /** The shop that the console shows: the practice shop while there is one. */
  active: () => Shop;
  activeClients: () => Clients;
  practice: () => PracticeSession | undefined;
  startPractice: (customers: number, seed: number) => Promise<void>;
  stopPractice: () => Promise<void>;
  inboxTest: InboxTest;
  storage: () => StorageState;
  /** Copies the active shop's database; one at a time. */
  backUp: (kind: 'daily' | 'asked') => Promise<string>;
  /** Starts the active shop anew on the database that was put in place. */
  restartActive: () => Promise<void>;
  log: EngineHost['log'];
  changed: () => void;
}>;

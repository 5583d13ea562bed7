import type { TriggerName } from '../../shared/domain/triggers.ts';
import type { PracticePhone } from '../../shared/ipc/schemas.ts';
import type { Notable } from './clockwork.ts';
import type { FaultLevel, ForcedFault } from './faults.ts';
import type { PracticeLedger } from './ledger.ts';

/** Every behaviour that the references mark UNKNOWN, and the answer the simulators give. */
export type PracticeSwitches = Readonly<{
  /** Number of Smartrr's first page. */
  pageBase: 0 | 1;
  /** Whether Smartrr accepts `filterAfter[updatedDate]`; off answers 400. */
  updatedDateFilter: boolean;
  /** What Postscript does with a repeated external_id. */
  externalId: 'accept' | 'dedupe' | '409';
  /** What Smartrr does with a skip of an already skipped date. */
  skipTwice: 'noop' | '422';
  /** First value of `bill.retryCount`. */
  retryBase: 0 | 1;
  eventsOrder: 'newest_first' | 'oldest_first';
  /** Whether Postscript sends Retry-After with a 429. */
  retryAfter: boolean;
  /** Custom-event requests per second that Postscript takes; 0 = no limit. */
  ratePerSecond: number;
  /** Whether the shop's plan allows the API at all; off answers 403. */
  planAllowsApi: boolean;
  /** Whether /v1 (legacy triggers) is served. */
  legacyApi: boolean;
  missingTag: 'blank' | 'literal';
}>;

export type PracticeOptions = Readonly<{
  customers: number;
  seed: number;
  /** Practice time at the start, epoch ms UTC. */
  startAt: number;
  timeZone: string;
  billingTimeZone: string;
  faults: FaultLevel;
  /** How long a "timeout" fault holds an answer, real ms; set it above the client's own timeout. */
  faultHoldMs: number;
  /** True: customers subscribe, pause, move, cancel, change cards and answer notices by themselves. */
  isLively: boolean;
  switches: PracticeSwitches;
}>;

export type PracticeCredentials = Readonly<{
  smartrrToken: string;
  postscriptKey: string;
  inboxToken: string;
  webhookSecret: string;
}>;

/** How a person or a practice run moves the world. Plain data both ways, so that it can also cross a process border. */
export type PracticeControl = Readonly<{
  now: () => Promise<number>;
  /** Plays everything that happens up to that instant, in order. */
  advanceTo: (at: number) => Promise<void>;
  /** The next instant at which something happens by itself; null when nothing is planned. */
  nextEventAt: () => Promise<number | null>;
  /** The next bill run, text or reply that a person would want to see; null when nothing is planned. */
  nextNotable: () => Promise<Readonly<{ at: number; what: Notable }> | null>;
  phones: (search: string, limit: number) => Promise<PracticePhone[]>;
  /** One customer's phone; null when there is none. */
  phone: (customerId: string) => Promise<PracticePhone | null>;
  /** A customer texts the shop. Goes through Postscript's webhook to the inbox, like a real one. */
  reply: (customerId: string, body: string) => Promise<void>;
  platformEvents: (limit: number) => Promise<{ at: number; customerName: string; text: string }[]>;
  /** Puts copy into the trigger's automation, as a merchant pastes it into Postscript. Counts from the next text on. */
  setCopy: (trigger: TriggerName, copy: string) => Promise<void>;
  ledger: () => Promise<PracticeLedger>;
  setFaults: (faults: FaultLevel) => Promise<void>;
  /** Plays this fault on the next request that fits, whatever the level of faults. */
  forceFault: (fault: ForcedFault) => Promise<void>;
  /** Plays this fault on every request that fits, until another or null takes its place. */
  keepFault: (fault: ForcedFault | null) => Promise<void>;
}>;

export type PracticeShop = Readonly<{
  urls: Readonly<{ smartrr: string; postscript: string; inbox: string }>;
  credentials: PracticeCredentials;
  control: PracticeControl;
  close: () => Promise<void>;
}>;

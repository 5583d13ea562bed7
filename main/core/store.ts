import type {
  Delivery,
  DeliveryClaim,
  DeliveryFinish,
  DeliveriesUnderWay,
  EarlierNotice,
  NewDelivery,
  OpenNotice,
} from '../../shared/domain/deliveries.ts';
import type { DecisionDraft, DecisionReason } from '../../shared/domain/decisions.ts';
import type { FirstRunStep } from '../../shared/domain/first-run.ts';
import type {
  Customer,
  Frequency,
  Recipient,
  Standing,
  StoredBill,
  StoredSubscription,
} from '../../shared/domain/platform.ts';
import type { IncomingReply, Reply, ReplyOutcome } from '../../shared/domain/replies.ts';

import type { SetUpConfirmations } from '../../shared/domain/set-up.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import type { NewSkip, Skip } from '../../shared/domain/skips.ts';
import type { TemplateVersion } from '../../shared/domain/template.ts';
import type { TriggerName } from '../../shared/domain/triggers.ts';

/** What the use cases ask of the database. Instants are epoch ms UTC; dates are local to the shop's zone. */

/** How far each job has come, and what was found out about a service. Values are text. */
export type MarkName =
  | 'baseline_at'
  | 'page_base'
  | 'subscriptions_filter'
  | 'bills_filter'
  | 'subscriptions_through'
  | 'bills_through'
  | 'full_walk_at'
  | 'synced_at'
  /** Start of the last sync that left no row behind. */
  | 'whole_at'
  | 'not_understood'
  | 'billing_run'
  | 'reply_cursor'
  | LineMark
  | 'storm_allowance'
  | 'inbox_url'
  /** Id of the last text of an inbox test that came back. */
  | 'inbox_test_read'
  /** What a service calls this shop, as it said when its key was saved. */
  | `label:${'postscript' | 'smartrr'}`
  | `first_run:${FirstRunStep}`
  | 'erased_at'
  /** The newest restore of a backup. */
  | 'restored'
  /** A copy of its own was last made of the database. */
  | 'backed_up_at'
  | `registered:${TriggerName}`;

/** What stops the line, or slows it down. */
export type LineMark =
  | 'hold'
  /** Requests in a row that Postscript did not clearly answer. */
  | 'unknown_streak'
  /** Since when, until when, and after how many 429s the line waits. */
  | 'line_pause';
export type LineMarks = Readonly<{ mark: (name: LineMark) => string | undefined }>;

export type CountName = 'queued' | 'accepted' | 'not_sent' | 'replies' | 'skipped' | `accepted:${TriggerName}`;

/** One subscription whose notice the planner has to think about. */
export type OrderToPlan = Readonly<{ subscription: StoredSubscription; customer: Customer }>;

export type Store = Readonly<{
  /** Everything inside is committed together, or not at all. */
  transaction: <T>(work: () => T) => T;
  settings: () => ShopSettings;
  mark: (name: MarkName) => string | undefined;
  setMark: (name: MarkName, value: string | null) => void;
  /** These marks as they are now, in one question. */
  lineMarks: () => LineMarks;
  count: (name: CountName, at: number) => void;

  findCustomer: (id: string) => Customer | undefined;
  /** By id, without those who are not known or were erased. */
  findCustomers: (ids: readonly string[]) => ReadonlyMap<string, Customer>;
  findRecipient: (id: string) => Recipient | undefined;
  findCustomersByPhone: (phone: string) => readonly Customer[];
  findCustomerByPlatformNumber: (platformNumber: string) => Customer | undefined;
  /** Erased on demand: nothing is kept of them and nothing is sent to them. */
  isErased: (customerId: string) => boolean;
  /** False for one that was erased: nothing of theirs is taken in again. */
  saveCustomer: (customer: Customer, now: number) => boolean;
  /** The same, for what comes of what is known. */
  updateCustomer: (id: string, change: (before: Customer | undefined) => Customer, now: number) => boolean;

  findSubscription: (id: string) => StoredSubscription | undefined;
  /** Of subscriptions only what tells whether they have moved, in the order of the ids; undefined for what is not known. */
  findStandings: (ids: readonly string[]) => readonly (Standing | undefined)[];
  listSubscriptionsOfCustomer: (customerId: string) => readonly StoredSubscription[];
  /** `before` is what is known of it, from a caller who has just asked. */
  saveSubscription: (subscription: StoredSubscription, now: number, before?: StoredSubscription | null) => void;
  /** Orders up to that date that the planner has not dealt with, soonest first. */
  listOrdersToPlan: (throughDate: string, limit: number) => readonly OrderToPlan[];
  setNoticeOrderDate: (subscriptionId: string, orderDate: string | null) => void;

  /** Begins counting the distinct rows of a walk; `seeInWalk` answers how many of these were new. */
  startWalk: () => void;
  seeInWalk: (ids: readonly string[]) => number;

  findBill: (id: string) => StoredBill | undefined;
  listBillsOfOrder: (subscriptionId: string, orderDate: string) => readonly StoredBill[];
  saveBill: (bill: StoredBill) => void;
  findSellingPlan: (id: string) => Frequency | undefined;
  saveSellingPlan: (id: string, frequency: Frequency) => void;

  /** Undefined when the key exists already. A suppressed one of which nothing left is taken up again. */
  insertDelivery: (draft: NewDelivery, now: number) => number | undefined;
  insertTestDelivery: (draft: NewDelivery, now: number) => number;
  findDelivery: (id: number) => Delivery | undefined;
  findDeliveryByKey: (key: string) => Delivery | undefined;
  /** `onlyTests`: while sending is off, only what a person sends by hand goes out. */
  nextDueDelivery: (now: number, underWay: DeliveriesUnderWay, onlyTests: boolean) => Delivery | undefined;
  postponeDelivery: (id: number, dueAt: number) => void;
  suppressDelivery: (id: number, reason: DecisionReason, now: number) => void;
  /** Marks it `sending` and writes the attempt before the first byte leaves. Undefined when it is no longer open. */
  claimDelivery: (claim: DeliveryClaim) => number | undefined;
  finishDelivery: (finish: DeliveryFinish) => void;
  /** Rows that a crash left in `sending`. */
  listSendingDeliveries: () => readonly Delivery[];
  reopenDelivery: (id: number, now: number) => boolean;
  markDeliveryAccepted: (id: number, now: number) => boolean;
  countQueuedSince: (since: number, limit: number) => number;
  /** The busiest of the whole hours in between, of each day that had any, counted from `queued`. */
  busiestHours: (since: number, until: number) => readonly number[];
  findNotice: (subscriptionId: string, orderDate: string) => EarlierNotice | undefined;
  listNoticesOfCustomers: (customerIds: readonly string[], fromDate: string) => readonly OpenNotice[];

  isDecided: (fact: string) => boolean;
  /** True when the row was written, false when the fact was decided before. */
  decide: (decision: DecisionDraft, now: number) => boolean;

  /** The newest version; undefined while the trigger has the seed's copy. */
  findTemplate: (trigger: TriggerName) => TemplateVersion | undefined;
  findTemplateVersion: (id: number) => TemplateVersion | undefined;
  insertTemplateVersion: (version: Omit<TemplateVersion, 'id' | 'savedAt'>, now: number) => number;
  findConfirmations: (trigger: TriggerName) => SetUpConfirmations;
  saveConfirmations: (trigger: TriggerName, change: Partial<SetUpConfirmations>) => void;
  /** Ids of those at the ends: shortest and longest values, and values that need Unicode; `limit` of each. */
  listExtremeCustomers: (limit: number) => readonly string[];
  listExtremeSubscriptions: (limit: number) => readonly string[];

  insertReply: (reply: IncomingReply, phone: string | null, now: number) => boolean;
  listUndecidedReplies: (limit: number) => readonly Reply[];
  findReply: (id: string) => Reply | undefined;
  closeReply: (id: string) => boolean;
  reopenReply: (id: string) => boolean;
  decideReply: (id: string, keyword: 'SKIP' | 'OPT_OUT' | null, outcome: ReplyOutcome) => void;

  insertSkip: (skip: NewSkip, now: number) => number | undefined;
  findSkipById: (id: number) => Skip | undefined;
  findSkip: (subscriptionId: string, orderDate: string) => Skip | undefined;
  wasSkipUndone: (subscriptionId: string, orderDate: string) => boolean;
  listSkipsOfCustomers: (customerIds: readonly string[], fromDate: string) => readonly Skip[];
  listDueSkips: (now: number, limit: number) => readonly Skip[];
  updateSkip: (skip: Skip) => void;
  openUndo: (id: number, now: number) => boolean;
  /** After the clock was set back: nothing that waits for another try waits past `latest`. How many did. */
  shortenWaits: (latest: number) => number;
  /** The earliest instant at which an open delivery or skip is due; undefined when none is. */
  nextDueAt: () => number | undefined;
}>;

/** Time and waiting, so that a test or the practice shop can own both. */
export type Clock = Readonly<{ now: () => number; sleep: (ms: number) => Promise<void> }>;

export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

import type { BulkResends } from '../core/bulk-resend.ts';
import type { Store } from '../core/store.ts';
import { findBill, listBillsOfOrder, saveBill } from '../db/bills.ts';
import {
  endBulkResend,
  findNewestBulkResend,
  finishBulkResendRow,
  insertBulkResend,
  listBulkResendRows,
} from '../db/bulk-resends.ts';
import {
  findCustomer,
  findCustomerByPlatformNumber,
  findCustomers,
  findCustomersByPhone,
  findRecipient,
  isErased,
  saveCustomer,
  updateCustomer,
} from '../db/customers.ts';
import { listExtremeCustomers, listExtremeSubscriptions } from '../db/copy-extremes.ts';
import { insertDecision, isDecided } from '../db/decisions.ts';
import {
  claimDelivery,
  countQueuedSince,
  findDelivery,
  findDeliveryByKey,
  finishDelivery,
  insertDelivery,
  listSendingDeliveries,
  markDeliveryAccepted,
  nextDueDelivery,
  postponeDelivery,
  reopenDelivery,
  suppressDelivery,
} from '../db/deliveries.ts';
import { findNotice, listNoticesOfCustomers } from '../db/notices.ts';
import { closeReply, decideReply, findReply, insertReply, listUndecidedReplies, reopenReply } from '../db/replies.ts';
import { busiestHours, countInHour, readMark, readMarksOfTheLine, readSettings, setMark } from '../db/shop.ts';
import {
  findSkip,
  findSkipById,
  insertSkip,
  listDueSkips,
  listSkipsOfCustomers,
  nextDueAt,
  openUndo,
  shortenWaits,
  updateSkip,
  wasSkipUndone,
} from '../db/skips.ts';
import {
  findSellingPlan,
  findStandings,
  findSubscription,
  listOrdersToPlan,
  listSubscriptionsOfCustomer,
  saveSellingPlan,
  saveSubscription,
  setNoticeOrderDate,
} from '../db/subscriptions.ts';
import {
  findConfirmations,
  findTemplate,
  findTemplateVersion,
  insertTemplateVersion,
  saveConfirmations,
} from '../db/templates.ts';
import type { WriteDb } from '../db/types.ts';
import { seeInWalk, startWalk } from '../db/walks.ts';

/** Gives a function its database, and keeps the rest of its signature. */
function bind<Arguments extends unknown[], Value>(
  db: WriteDb,
  run: (db: WriteDb, ...rest: Arguments) => Value,
): (...rest: Arguments) => Value {
  return (...rest) => run(db, ...rest);
}

export type EngineStore = Store & Readonly<{ forgetSettings: () => void }>;

/** The use cases' store on one open database. Settings are read once and kept until `forgetSettings`. */
export function createStore(db: WriteDb): EngineStore {
  let settings: ReturnType<typeof readSettings> | undefined;
  // Made once: what it is made of costs as much as a small transaction itself.
  const transact = db.transaction((work: () => unknown) => work());
  return {
    // Nested calls become savepoints; the outermost one takes the write lock at once, so that it never fails half-way.
    transaction: (work) => transact.immediate(work) as ReturnType<typeof work>,
    settings: () => (settings ??= readSettings(db)),
    forgetSettings: () => {
      settings = undefined;
    },
    mark: bind(db, readMark),
    setMark: bind(db, setMark),
    lineMarks: () => {
      const marks = readMarksOfTheLine(db);
      return { mark: (name) => marks[name] ?? undefined };
    },
    count: bind(db, countInHour),
    findCustomer: bind(db, findCustomer),
    findCustomers: bind(db, findCustomers),
    findRecipient: bind(db, findRecipient),
    findCustomersByPhone: bind(db, findCustomersByPhone),
    findCustomerByPlatformNumber: bind(db, findCustomerByPlatformNumber),
    isErased: bind(db, isErased),
    saveCustomer: bind(db, saveCustomer),
    updateCustomer: bind(db, updateCustomer),
    findSubscription: bind(db, findSubscription),
    findStandings: bind(db, findStandings),
    listSubscriptionsOfCustomer: bind(db, listSubscriptionsOfCustomer),
    saveSubscription: bind(db, saveSubscription),
    listOrdersToPlan: bind(db, listOrdersToPlan),
    setNoticeOrderDate: bind(db, setNoticeOrderDate),
    startWalk: bind(db, startWalk),
    seeInWalk: bind(db, seeInWalk),
    findBill: bind(db, findBill),
    listBillsOfOrder: bind(db, listBillsOfOrder),
    saveBill: bind(db, saveBill),
    findSellingPlan: bind(db, findSellingPlan),
    saveSellingPlan: bind(db, saveSellingPlan),
    insertDelivery: (draft, now) => insertDelivery(db, draft, now),
    insertTestDelivery: (draft, now) => {
      const id = insertDelivery(db, draft, now, true);
      if (id === undefined) throw new Error(`Expected the key of a test to be new: ${draft.key}`);
      return id;
    },
    findDelivery: bind(db, findDelivery),
    findDeliveryByKey: bind(db, findDeliveryByKey),
    nextDueDelivery: bind(db, nextDueDelivery),
    postponeDelivery: bind(db, postponeDelivery),
    suppressDelivery: bind(db, suppressDelivery),
    claimDelivery: bind(db, claimDelivery),
    finishDelivery: bind(db, finishDelivery),
    listSendingDeliveries: bind(db, listSendingDeliveries),
    reopenDelivery: bind(db, reopenDelivery),
    markDeliveryAccepted: bind(db, markDeliveryAccepted),
    countQueuedSince: bind(db, countQueuedSince),
    busiestHours: bind(db, busiestHours),
    findNotice: bind(db, findNotice),
    listNoticesOfCustomers: bind(db, listNoticesOfCustomers),
    isDecided: bind(db, isDecided),
    decide: bind(db, insertDecision),
    findTemplate: bind(db, findTemplate),
    findTemplateVersion: bind(db, findTemplateVersion),
    insertTemplateVersion: bind(db, insertTemplateVersion),
    findConfirmations: bind(db, findConfirmations),
    saveConfirmations: bind(db, saveConfirmations),
    listExtremeCustomers: bind(db, listExtremeCustomers),
    listExtremeSubscriptions: bind(db, listExtremeSubscriptions),
    insertReply: bind(db, insertReply),
    listUndecidedReplies: bind(db, listUndecidedReplies),
    findReply: bind(db, findReply),
    closeReply: bind(db, closeReply),
    reopenReply: bind(db, reopenReply),
    decideReply: bind(db, decideReply),
    insertSkip: bind(db, insertSkip),
    findSkipById: bind(db, findSkipById),
    findSkip: bind(db, findSkip),
    wasSkipUndone: bind(db, wasSkipUndone),
    listSkipsOfCustomers: bind(db, listSkipsOfCustomers),
    listDueSkips: bind(db, listDueSkips),
    updateSkip: bind(db, updateSkip),
    openUndo: bind(db, openUndo),
    shortenWaits: bind(db, shortenWaits),
    nextDueAt: bind(db, nextDueAt),
  };
}

export function createBulkResends(db: WriteDb): BulkResends {
  return {
    insert: bind(db, insertBulkResend),
    listRows: bind(db, listBulkResendRows),
    finishRow: bind(db, finishBulkResendRow),
    end: bind(db, endBulkResend),
    findNewest: bind(db, findNewestBulkResend),
  };
}

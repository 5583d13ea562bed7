import { z } from 'zod';
import { holdKinds } from '../domain/holds.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { connectionSchema, cursorSchema, done, nothing } from './schemas.ts';

/** A notice that did not go out because too little time was left. */
const missedNoticeSchema = z.object({
  id: z.number(),
  at: z.number(),
  customerId: z.string().nullable(),
  customerName: z.string(),
  /** Masked. */
  phone: z.string().nullable(),
  orderDate: z.string().nullable(),
  productTitles: z.array(z.string()),
  detail: z.string().nullable(),
});
export type MissedNotice = z.infer<typeof missedNoticeSchema>;

/** What every screen knows, and the overview. */
export const statusContract = {
  'status.get': {
    input: nothing,
    output: z.object({
      version: z.string(),
      /** The engine's clock: practice time in the practice shop. */
      now: z.number(),
      timeZone: z.string(),
      /** When Smartrr charges on the day of an order. */
      billing: z.object({ time: z.string(), timeZone: z.string() }),
      shopName: z.string(),
      isPractice: z.boolean(),
      sendingOn: z.boolean(),
      /** Set while the storm guard, a refused key or a plan gate holds the queue. */
      hold: z
        .object({
          kind: z.enum(holdKinds),
          since: z.number(),
          /** When it ends by itself; null when a person has to release it. */
          until: z.number().nullable(),
          message: z.string(),
        })
        .nullable(),
      connections: z.array(connectionSchema),
      lastSyncAt: z.number().nullable(),
      sync: z.object({
        isRunning: z.boolean(),
        rowsSeen: z.number(),
        problem: z.string().nullable(),
        /** Null while it waits for something else than time: a connection, or a move of the practice clock. */
        nextAt: z.number().nullable(),
      }),
      /** When the inbox is asked for replies next; null as above. */
      nextReplyPollAt: z.number().nullable(),
      /**
       * How far this computer's clock is from the services' clocks, ms, when it is too far for times to be trusted;
       * more than zero: it is ahead.
       */
      clockSkewMs: z.number().nullable(),
      needsPerson: z.object({ deliveries: z.number(), replies: z.number() }),
      /** `failing`: it is sound, but cannot be written now; the message says why and what to do. */
      storage: z.object({
        state: z.enum(['checking', 'sound', 'failing', 'damaged']),
        message: z.string().nullable(),
      }),
    }),
  },
  'overview.get': {
    input: nothing,
    output: z.object({
      customers: z.number(),
      activeSubscriptions: z.number(),
      today: z.object({
        accepted: z.number(),
        waiting: z.number(),
        notSent: z.number(),
        replies: z.number(),
        skipped: z.number(),
      }),
      /** Deliveries without a clear answer, and those that Postscript refused. */
      unknown: z.number(),
      failed: z.number(),
      /** Notices for which it was too late, in the last seven days. */
      missed: z.number(),
      /** Orders by the local date on which their notice is due, sending switched on or not; 14 days from today. */
      upcomingNotices: z.array(z.object({ date: z.string(), notices: z.number() })),
      /** Notices that are already due and would go out first when sending is switched on now. */
      noticesDueNow: z.number(),
    }),
  },
  'overview.missed': {
    input: z.object({ cursor: cursorSchema }),
    output: z.object({ rows: z.array(missedNoticeSchema), nextCursor: cursorSchema }),
  },
  'sync.run': { input: nothing, output: done },
} as const satisfies ContractPart<ChannelsOf<'overview' | 'status' | 'sync'>>;

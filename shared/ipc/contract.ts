import { z } from 'zod';
import { deliveryStates } from '../domain/deliveries.ts';
import { shopSettingsSchema } from '../domain/settings.ts';
import type { Result } from '../result.ts';
import type { Channel } from './channels.ts';
import {
  attemptSchema,
  connectionSchema,
  cursorSchema,
  customerRowSchema,
  decisionSchema,
  deliveryRowSchema,
  practiceEventSchema,
  practicePhoneSchema,
  replySchema,
  requestPreviewSchema,
  triggerSchema,
} from './schemas.ts';

const nothing = z.object({}).strict();
const done = z.object({});

/** Where a test trigger goes: nobody (seeds the definition), or one number the merchant types. */
const testInput = z.object({
  trigger: triggerSchema,
  subscriptionId: z.string().max(100).nullable(),
  phone: z.string().max(40).nullable(),
});

/** The whole surface between a host's window and the engine. A channel that is not listed here does not exist. */
export const contract = {
  'status.get': {
    input: nothing,
    output: z.object({
      host: z.enum(['desktop', 'browser']),
      version: z.string(),
      /** The engine's clock: practice time in the practice shop. */
      now: z.number(),
      timeZone: z.string(),
      shopName: z.string(),
      isPractice: z.boolean(),
      sendingOn: z.boolean(),
      /** Set while the storm guard, a refused key or a plan gate holds the queue. */
      hold: z
        .object({
          kind: z.enum(['storm', 'key_refused', 'plan_refused', 'outage']),
          since: z.number(),
          /** When it ends by itself; null when a person has to release it. */
          until: z.number().nullable(),
          message: z.string(),
        })
        .nullable(),
      connections: z.array(connectionSchema),
      lastSyncAt: z.number().nullable(),
      sync: z.object({ isRunning: z.boolean(), rowsSeen: z.number(), problem: z.string().nullable() }),
      needsPerson: z.object({ deliveries: z.number(), replies: z.number() }),
      /** `failing`: it is sound, but cannot be written now; the message says why and what to do. */
      storage: z.object({
        state: z.enum(['checking', 'sound', 'failing', 'damaged']),
        message: z.string().nullable(),
      }),
      /** How keys are kept on this computer, in words, and whether that is safe. */
      secretStore: z.object({ isSafe: z.boolean(), description: z.string() }),
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
      /** Notices by the local date on which they are due, sending switched on or not; 14 days from today. */
      upcomingNotices: z.array(z.object({ date: z.string(), notices: z.number() })),
      /** Notices that are already due and would go out first when sending is switched on now. */
      noticesDueNow: z.number(),
    }),
  },
  'triggers.list': {
    input: nothing,
    output: z.array(
      z.object({
        trigger: triggerSchema,
        isEnabled: z.boolean(),
        registeredAt: z.number().nullable(),
        lastAcceptedAt: z.number().nullable(),
        acceptedToday: z.number(),
      }),
    ),
  },
  'triggers.setEnabled': { input: z.object({ trigger: triggerSchema, isEnabled: z.boolean() }), output: done },
  'triggers.register': {
    input: nothing,
    output: z.array(z.object({ trigger: triggerSchema, ok: z.boolean(), message: z.string() })),
  },
  'triggers.previewTest': { input: testInput, output: requestPreviewSchema },
  'triggers.sendTest': { input: testInput, output: z.object({ deliveryId: z.number() }) },
  'deliveries.list': {
    input: z.object({
      cursor: cursorSchema,
      state: z.enum(deliveryStates).nullable(),
      trigger: triggerSchema.nullable(),
    }),
    output: z.object({ rows: z.array(deliveryRowSchema), nextCursor: cursorSchema }),
  },
  'deliveries.get': {
    input: z.object({ id: z.number().int() }),
    output: z.object({
      delivery: deliveryRowSchema,
      attempts: z.array(attemptSchema),
      decisions: z.array(decisionSchema),
      renderedCopy: z.string(),
      properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  },
  'deliveries.resend': { input: z.object({ id: z.number().int() }), output: done },
  'deliveries.markAccepted': { input: z.object({ id: z.number().int() }), output: done },
  'decisions.list': {
    input: z.object({ cursor: cursorSchema, customerId: z.string().max(100).nullable() }),
    output: z.object({ rows: z.array(decisionSchema), nextCursor: cursorSchema }),
  },
  'replies.list': {
    input: z.object({ cursor: cursorSchema, onlyNeedsPerson: z.boolean() }),
    output: z.object({ rows: z.array(replySchema), nextCursor: cursorSchema }),
  },
  'replies.skipOrder': {
    input: z.object({ replyId: z.string().max(200), subscriptionId: z.string().max(100) }),
    output: done,
  },
  'replies.ignore': { input: z.object({ replyId: z.string().max(200) }), output: done },
  'customers.search': {
    input: z.object({ text: z.string().max(200) }),
    output: z.array(customerRowSchema),
  },
  'customers.get': {
    input: z.object({ id: z.string().max(100) }),
    output: customerRowSchema.extend({
      decisions: z.array(decisionSchema),
      knownSince: z.number(),
      isBaseline: z.boolean(),
    }),
  },
  'settings.get': { input: nothing, output: shopSettingsSchema },
  'settings.save': {
    input: shopSettingsSchema.omit({ sendingOn: true, enabledTriggers: true }),
    output: shopSettingsSchema,
  },
  'sending.setOn': { input: z.object({ on: z.boolean() }), output: done },
  'sending.releaseHold': { input: nothing, output: done },
  'connections.get': { input: nothing, output: z.array(connectionSchema) },
  // Keys are write-only on purpose: no channel ever returns one.
  'connections.savePostscriptKey': { input: z.object({ key: z.string().max(1000) }), output: connectionSchema },
  'connections.saveSmartrrToken': { input: z.object({ token: z.string().max(1000) }), output: connectionSchema },
  'connections.saveInbox': {
    input: z.object({ url: z.string().max(500), token: z.string().max(1000), webhookSecret: z.string().max(1000) }),
    output: connectionSchema,
  },
  'connections.remove': { input: z.object({ name: z.enum(['postscript', 'smartrr', 'inbox']) }), output: done },
  'connections.registerWebhook': { input: nothing, output: z.object({ callbackUrl: z.string(), message: z.string() }) },
  'sync.run': { input: nothing, output: done },
  'practice.start': {
    input: z.object({ customers: z.number().int().min(1).max(5000), seed: z.number().int().min(0).max(2_147_483_647) }),
    output: done,
  },
  'practice.stop': { input: nothing, output: done },
  'practice.get': {
    input: z.object({ search: z.string().max(100) }),
    output: z.object({
      isRunning: z.boolean(),
      now: z.number(),
      timeZone: z.string(),
      /** Newest message first; customers with messages before those without. */
      phones: z.array(practicePhoneSchema),
      platformEvents: z.array(practiceEventSchema),
    }),
  },
  'practice.advance': {
    input: z.object({ by: z.enum(['hour', 'day', 'next_event']) }),
    output: z.object({ now: z.number() }),
  },
  'practice.reply': {
    input: z.object({ customerId: z.string().max(100), body: z.string().min(1).max(2000) }),
    output: done,
  },
} as const satisfies Record<Channel, { input: z.ZodType; output: z.ZodType }>;

export type Input<C extends Channel> = z.infer<(typeof contract)[C]['input']>;
export type Output<C extends Channel> = z.infer<(typeof contract)[C]['output']>;

/** What the engine must implement, and what a test may fake. A missing channel does not compile. */
export type Handlers = {
  readonly [C in Channel]: (input: Input<C>) => Result<Output<C>> | Promise<Result<Output<C>>>;
};

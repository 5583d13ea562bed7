import { z } from 'zod';
import { answerClasses } from '../domain/delivery-filter.ts';
import { attemptOrigins, attemptOutcomes, deliveryStates, waitReasons } from '../domain/deliveries.ts';
import { decisionReasonNames, type DecisionReason } from '../domain/decisions.ts';
import { subscriptionStatuses } from '../domain/platform.ts';
import { triggerNames } from '../domain/triggers.ts';

/** Shapes that several channels share. Instants are epoch ms, UTC; dates are ISO text in the shop's zone. */

export const triggerSchema = z.enum(triggerNames);
export const reasonSchema = z.enum(decisionReasonNames as [DecisionReason, ...DecisionReason[]]);

/** What a call takes that needs nothing, and what one answers that has nothing to tell. */
export const nothing = z.object({}).strict();
export const done = z.object({});

/** Opaque to the renderer; null asks for the first page and marks the last. */
export const cursorSchema = z.string().max(100).nullable();

export const connectionSchema = z.object({
  name: z.enum(['postscript', 'smartrr', 'inbox']),
  state: z.enum(['missing', 'ok', 'failing', 'refused']),
  /** What the service calls this shop or account, when it told us. */
  label: z.string().nullable(),
  /** Last four characters of the key, for recognising it. */
  keyEnding: z.string().nullable(),
  lastOkAt: z.number().nullable(),
  failingSince: z.number().nullable(),
  /** What went wrong and what to do, in words. */
  problem: z.string().nullable(),
});
export type ConnectionView = z.infer<typeof connectionSchema>;

export const deliveryRowSchema = z.object({
  id: z.number(),
  key: z.string(),
  trigger: triggerSchema,
  state: z.enum(deliveryStates),
  isTest: z.boolean(),
  customerId: z.string().nullable(),
  customerName: z.string(),
  /** Masked, unless it was asked for. */
  phone: z.string().nullable(),
  subscriptionId: z.string().nullable(),
  orderDate: z.string().nullable(),
  createdAt: z.number(),
  /** When it is or was due; null once it is finished. */
  dueAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  attempts: z.number(),
  /** To the newest attempt; null while none has ended. */
  answer: z.enum(answerClasses).nullable(),
  reason: reasonSchema,
  /** Null once it has left or is finished. */
  waitsFor: z.enum(waitReasons).nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRowSchema>;

export const attemptSchema = z.object({
  number: z.number(),
  origin: z.enum(attemptOrigins),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  outcome: z.enum(attemptOutcomes),
  httpStatus: z.number().nullable(),
  /** What Postscript said, or what happened to the connection, in words. */
  message: z.string().nullable(),
  request: z.string().nullable(),
  response: z.string().nullable(),
});
export type AttemptView = z.infer<typeof attemptSchema>;

export const decisionSchema = z.object({
  id: z.number(),
  at: z.number(),
  reason: reasonSchema,
  trigger: triggerSchema.nullable(),
  customerId: z.string().nullable(),
  customerName: z.string(),
  subscriptionId: z.string().nullable(),
  orderDate: z.string().nullable(),
  deliveryId: z.number().nullable(),
  replyId: z.string().nullable(),
  /** What is particular to this decision: the new date, the field errors, the deadline. */
  detail: z.string().nullable(),
});
export type DecisionView = z.infer<typeof decisionSchema>;

export const replySchema = z.object({
  id: z.string(),
  receivedAt: z.number(),
  customerId: z.string().nullable(),
  customerName: z.string(),
  phone: z.string(),
  body: z.string(),
  keyword: z.enum(['SKIP', 'OPT_OUT']).nullable(),
  /** Null while it is being handled. */
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
  subscriptionId: z.string().nullable(),
  orderDate: z.string().nullable(),
  newOrderDate: z.string().nullable(),
  needsPerson: z.boolean(),
});
export type ReplyView = z.infer<typeof replySchema>;

export const subscriptionViewSchema = z.object({
  id: z.string(),
  platformNumber: z.string(),
  status: z.enum(subscriptionStatuses),
  nextOrderDate: z.string().nullable(),
  productTitles: z.array(z.string()),
});
export type SubscriptionView = z.infer<typeof subscriptionViewSchema>;

export const customerRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  subscriptions: z.array(subscriptionViewSchema),
});
export type CustomerRow = z.infer<typeof customerRowSchema>;

export const requestPreviewSchema = z.object({
  method: z.string(),
  path: z.string(),
  body: z.unknown(),
  renderedCopy: z.string(),
});

export const phoneMessageSchema = z.object({
  id: z.string(),
  at: z.number(),
  direction: z.enum(['to_customer', 'from_customer']),
  body: z.string(),
});

export const practicePhoneSchema = z.object({
  customerId: z.string(),
  name: z.string(),
  phone: z.string(),
  messages: z.array(phoneMessageSchema),
  /** The newest text is a notice, and nobody has answered it. */
  hasOpenNotice: z.boolean(),
});
export type PracticePhone = z.infer<typeof practicePhoneSchema>;

/** What the simulated platform recorded, for the practice panel: the other side of every claim. */
export const practiceEventSchema = z.object({
  at: z.number(),
  customerName: z.string(),
  text: z.string(),
});
export type PracticeEvent = z.infer<typeof practiceEventSchema>;

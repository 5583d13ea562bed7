import { z } from 'zod';
import { answerClasses, type DeliveryFilter } from '../domain/delivery-filter.ts';
import { deliveryStates } from '../domain/deliveries.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import {
  attemptSchema,
  cursorSchema,
  decisionSchema,
  deliveryRowSchema,
  done,
  nothing,
  triggerSchema,
} from './schemas.ts';

const bulkStates = ['running', 'held', 'done', 'cancelled'] as const;

/** A local date, or one full hour of it. */
const dateOrHour = z.union([
  z.iso.date(),
  z
    .string()
    .regex(/T\d{2}:00$/)
    .refine((text) => z.iso.datetime({ local: true }).safeParse(text).success),
]);

const deliveryFilterSchema = z.object({
  state: z.enum(deliveryStates).nullable(),
  trigger: triggerSchema.nullable(),
  answer: z.enum(answerClasses).nullable(),
  isTest: z.boolean().nullable(),
  from: dateOrHour.nullable(),
  to: dateOrHour.nullable(),
  customerId: z.string().max(200).nullable(),
  orderDate: z.iso.date().nullable(),
  search: z.string().max(200),
}) satisfies z.ZodType<DeliveryFilter>;

const bulkResendSchema = z.object({
  id: z.number(),
  /** `held`: the line is held, and the rest follows once it is released. */
  state: z.enum(bulkStates),
  total: z.number(),
  /** Put in line again so far. */
  resent: z.number(),
  /** Could not be: settled in the meantime, by a person or by Postscript. */
  refused: z.number(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
});
export type BulkResendView = z.infer<typeof bulkResendSchema>;

/** The delivery log and the decision log. */
export const deliveriesContract = {
  'deliveries.list': {
    input: z.object({ cursor: cursorSchema, filter: deliveryFilterSchema }),
    output: z.object({
      rows: z.array(deliveryRowSchema),
      nextCursor: cursorSchema,
      /** The search met more customers than are looked through. */
      isSearchCut: z.boolean(),
    }),
  },
  /** What has become of the rows on the screen, and how many newer ones there are. */
  'deliveries.follow': {
    input: z.object({
      filter: deliveryFilterSchema,
      /** The newest row that the reader has; null: none. */
      newest: z.object({ createdAt: z.number().int(), id: z.number().int() }).nullable(),
      ids: z.array(z.number().int()).max(100),
    }),
    /** `newer` stops counting at 100. */
    output: z.object({ newer: z.number(), rows: z.array(deliveryRowSchema) }),
  },
  /** How many were put in line, from kept numbers: of the period, or of the last thirty days. Tests are not counted. */
  'deliveries.volume': {
    input: z.object({ from: dateOrHour.nullable(), to: dateOrHour.nullable() }),
    output: z.object({
      unit: z.enum(['hour', 'day']),
      bars: z.array(
        z.object({
          /** Local date or hour, as the filter takes it. */
          period: z.string(),
          startsAt: z.number(),
          count: z.number(),
        }),
      ),
    }),
  },
  'deliveries.get': {
    input: z.object({
      id: z.number().int(),
      /** The full phone number instead of a masked one, in the request too. */
      withPhone: z.boolean().optional(),
    }),
    output: z.object({
      delivery: deliveryRowSchema,
      /** After it the delivery has lost its point. */
      deadlineAt: z.number(),
      attempts: z.array(attemptSchema),
      decisions: z.array(decisionSchema),
      renderedCopy: z.string(),
      properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  },
  'deliveries.resend': { input: z.object({ id: z.number().int() }), output: done },
  'deliveries.markAccepted': { input: z.object({ id: z.number().int() }), output: done },
  /** How many of the filter's deliveries can be sent again. Those without a clear answer may text twice. */
  'deliveries.planBulkResend': {
    input: z.object({ filter: deliveryFilterSchema }),
    output: z.object({ failed: z.number(), unknown: z.number() }),
  },
  'deliveries.startBulkResend': {
    input: z.object({
      filter: deliveryFilterSchema,
      includeUnknown: z.boolean(),
      /** The number that the person said yes to; another one is refused. */
      expected: z.number().int(),
    }),
    output: bulkResendSchema,
  },
  'deliveries.cancelBulkResend': { input: z.object({ id: z.number().int() }), output: bulkResendSchema },
  /** The newest one, under way or ended; null when there was none. */
  'deliveries.bulkResend': { input: nothing, output: bulkResendSchema.nullable() },
  /** Some rows of the filter as CSV; the first page brings the byte order mark and the headings. */
  'deliveries.exportPage': {
    input: z.object({ filter: deliveryFilterSchema, cursor: cursorSchema, withPhones: z.boolean() }),
    output: z.object({ text: z.string(), rows: z.number(), nextCursor: cursorSchema }),
  },
  'decisions.list': {
    input: z.object({ cursor: cursorSchema, customerId: z.string().max(200).nullable() }),
    output: z.object({ rows: z.array(decisionSchema), nextCursor: cursorSchema }),
  },
} as const satisfies ContractPart<ChannelsOf<'decisions' | 'deliveries'>>;

import { z } from 'zod';
import { deliveryStates } from '../domain/deliveries.ts';
import { forecastOutcomes } from '../domain/forecast.ts';
import { shopSettingsSchema } from '../domain/settings.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { cursorSchema, reasonSchema } from './schemas.ts';

/** Settings to try: the forecast is made with these instead of the saved ones, and nothing is saved. */
export const triedSettingsSchema = shopSettingsSchema.pick({ leadDays: true, window: true, minimumNoticeHours: true });
export type TriedSettings = z.infer<typeof triedSettingsSchema>;

export const upcomingRowSchema = z.object({
  subscriptionId: z.string(),
  /** The number that the platform shows. */
  platformNumber: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  /** Masked. */
  phone: z.string().nullable(),
  hasEmail: z.boolean(),
  orderDate: z.string(),
  productTitles: z.array(z.string()),
  /** The day on which its notice is due: the lead days before the order. May have passed. */
  noticeDate: z.string(),
  outcome: z.enum(forecastOutcomes),
  goesAt: z.number().nullable(),
  reason: reasonSchema.nullable(),
  /** The notice that there is already, in line or left. */
  delivery: z.object({ id: z.number(), state: z.enum(deliveryStates) }).nullable(),
  renderedCopy: z.string(),
  segments: z.number(),
});
export type UpcomingRow = z.infer<typeof upcomingRowSchema>;

/** How two forecasts of the same orders differ. */
const differenceSchema = z.object({
  /** Go out at another time. */
  moved: z.number(),
  becomeTooLate: z.number(),
  /** Too late as it is, in time with the tried settings. */
  becomeInTime: z.number(),
  /** Already noticed: no setting brings a second notice. */
  alreadyNoticed: z.number(),
  /** Their day would have passed already, so that they go out as soon as the window is open. */
  goAtOnce: z.number(),
});

/** The next orders of the coming 30 days and what becomes of their notices. Asking writes and sends nothing. */
export const upcomingContract = {
  'upcoming.list': {
    input: z.object({
      cursor: cursorSchema,
      outcomes: z.array(z.enum(forecastOutcomes)).min(1).max(forecastOutcomes.length),
      /** A customer's name, e-mail or phone; '' is everybody. */
      text: z.string().max(200),
      /** Only notices that are due on that day. */
      noticeDate: z.iso.date().nullable(),
      tried: triedSettingsSchema.nullable(),
    }),
    output: z.object({ rows: z.array(upcomingRowSchema), nextCursor: cursorSchema }),
  },
  'upcoming.days': {
    input: z.object({ tried: triedSettingsSchema.nullable() }),
    output: z.object({
      /** The switch that keeps every notice back, if one does: then "goes" reads "would go". */
      restsBecause: z.enum(['sending_off', 'trigger_off']).nullable(),
      saved: triedSettingsSchema,
      /** With the saved settings. */
      totals: z.object({ goes: z.number(), will_not: z.number(), noticed: z.number() }),
      /** By the local date on which they go out; `tried` is null when nothing is tried. */
      days: z.array(z.object({ date: z.string(), goes: z.number(), tried: z.number().nullable() })),
      difference: differenceSchema.nullable(),
    }),
  },
} as const satisfies ContractPart<ChannelsOf<'upcoming'>>;

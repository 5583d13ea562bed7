import { z } from 'zod';
import { isTimeZone } from './calendar.ts';
import { triggerNames } from './triggers.ts';

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use a time like 11:00');

/** What belongs to the shop. Kept in SQLite, so that one file is the backup. */
export const shopSettingsSchema = z.object({
  shopName: z.string().trim().max(200),
  /** IANA zone in which orders have dates and the send window is open. */
  timeZone: z.string().refine(isTimeZone, 'Not a time zone that is known here'),
  /** Country for phone numbers written without one (ISO 3166 alpha-2). */
  country: z.string().regex(/^[A-Z]{2}$/, 'Use a two-letter country code'),
  accountPageLink: z.union([z.literal(''), z.url({ protocol: /^https$/ })]),
  leadDays: z.number().int().min(1).max(30),
  /** A notice needs at least this long before the cut-off, in hours. */
  minimumNoticeHours: z.number().int().min(0).max(240),
  window: z
    .object({ opens: localTime, closes: localTime })
    .refine(({ opens, closes }) => opens < closes, 'The window must open before it closes'),
  sendingOn: z.boolean(),
  enabledTriggers: z.record(z.enum(triggerNames), z.boolean()),
  /** Postscript allows 15/s per token (postscript-api.md 7); other tools share it. */
  ratePerSecond: z.number().min(0.1).max(15),
  channel: z.enum(['custom_events', 'legacy_triggers']),
  /** Off: a skip is announced only when the customer had a notice for that order (the seed's wording). */
  announceEverySkip: z.boolean(),
  /** The repeated part of a shop's storm limit: held above max(50, this x the usual busiest hour). */
  stormFactor: z.number().min(2).max(1000),
  replyPollSeconds: z.number().int().min(10).max(3600),
  syncMinutes: z.number().int().min(1).max(60),
  retentionDays: z.number().int().min(7).max(3650),
});
export type ShopSettings = z.infer<typeof shopSettingsSchema>;

/** What is not named, or named without a value, stays as it is. */
export type SettingsChange = { readonly [Name in keyof ShopSettings]?: ShopSettings[Name] | undefined };

export function changeSettings(settings: ShopSettings, change: SettingsChange): ShopSettings {
  const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...settings, ...named };
}

export const defaultSettings: ShopSettings = {
  shopName: '',
  timeZone: 'America/New_York',
  country: 'US',
  accountPageLink: '',
  leadDays: 3,
  minimumNoticeHours: 24,
  window: { opens: '11:00', closes: '21:00' },
  sendingOn: false,
  enabledTriggers: {
    subscription_created: true,
    upcoming_order: true,
    skipped_order: true,
    payment_method_updated: true,
    payment_method_failed: true,
    customer_deactivated: true,
  },
  ratePerSecond: 10,
  channel: 'custom_events',
  announceEverySkip: false,
  stormFactor: 10,
  replyPollSeconds: 30,
  syncMinutes: 5,
  retentionDays: 90,
};

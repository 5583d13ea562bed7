import { formatOrderDate } from '../../shared/domain/calendar.ts';
import type { Frequency, StoredSubscription } from '../../shared/domain/platform.ts';
import type { EventProperties } from '../../shared/domain/remote.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { triggers, type TagName, type TriggerName } from '../../shared/domain/triggers.ts';

/** What only some triggers know. */
export type TriggerFacts = Readonly<{ orderDate?: string | null; newOrderDate?: string; retryCount?: number }>;

const unitWords = {
  DAY: { one: 'day', many: 'days' },
  WEEK: { one: 'week', many: 'weeks' },
  MONTH: { one: 'month', many: 'months' },
  YEAR: { one: 'year', many: 'years' },
} as const satisfies Record<Frequency['unit'], { one: string; many: string }>;

/**
 * The properties of a trigger's event, which become the tags of the merchant's copy.
 *
 * Every tag of the catalogue that is ours and that the facts allow is there under its own name; Postscript fills its
 * defaults by itself. `order_date_iso` is for filters in flows, beside the date that people read.
 */
export function eventProperties(
  trigger: TriggerName,
  settings: ShopSettings,
  subscription: StoredSubscription | undefined,
  facts: TriggerFacts = {},
): EventProperties {
  const wanted: readonly TagName[] = [...triggers[trigger].seedTags, ...triggers[trigger].extraTags];
  const properties: Record<string, string | number | boolean> = {};
  for (const tag of wanted) {
    const value = tagValue(tag, settings, subscription, facts);
    if (value !== null) properties[tag] = value;
  }
  const orderDate = facts.orderDate ?? null;
  if (wanted.includes('order_date') && orderDate !== null) properties['order_date_iso'] = orderDate;
  return properties;
}

function tagValue(
  tag: TagName,
  settings: ShopSettings,
  subscription: StoredSubscription | undefined,
  facts: TriggerFacts,
): string | null {
  switch (tag) {
    case 'account_page_link':
      return settings.accountPageLink;
    case 'delivery_frequency':
      return subscription?.frequency ? String(subscription.frequency.count) : null;
    case 'delivery_frequency_unit':
      return subscription?.frequency
        ? unitWords[subscription.frequency.unit][subscription.frequency.count === 1 ? 'one' : 'many']
        : null;
    case 'new_delivery_date':
      return facts.newOrderDate === undefined ? null : formatOrderDate(facts.newOrderDate);
    case 'retry_num':
      return facts.retryCount === undefined ? null : String(facts.retryCount);
    case 'order_date':
      return facts.orderDate ? formatOrderDate(facts.orderDate) : null;
    case 'product_titles':
      return subscription === undefined || subscription.productTitles.length === 0
        ? null
        : subscription.productTitles.join(', ');
    case 'order_total':
      return subscription === undefined ? null : formatMoney(subscription.totalCents, subscription.currency);
    case 'subscription_id':
      return subscription?.platformNumber ?? null;
    case 'shop_name':
    case 'first_name':
    case 'last_name':
    case 'shop_link':
      return null;
  }
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

function formatMoney(minorUnits: number | null, currency: string | null): string | null {
  if (minorUnits === null || currency === null) return null;
  // A currency code that is none: the platform's data is not ours to trust.
  if (!/^[A-Za-z]{3}$/.test(currency)) return null;
  let format = moneyFormats.get(currency);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
    moneyFormats.set(currency, format);
  }
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

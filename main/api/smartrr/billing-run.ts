import { z } from 'zod';
import { isTimeZone } from '../../../shared/domain/calendar.ts';
import type { BillingRun } from '../../../shared/domain/platform.ts';
import { fieldsOf, lenientInteger, lenientText, toInteger, toText } from '../lenient.ts';
import type { Organization } from './smartrr-types.ts';

/** The shop as it stands in `GET /vendor/organizations` and in every `custRel.sellingOrganization` (1.3). */
export const organizationSchema = z.object({
  orgName: lenientText,
  myShopifyDomain: lenientText,
  billingTime: lenientText,
  billingTimezone: lenientText,
  numBillingRetries: lenientInteger,
});

type OrganizationRow = z.infer<typeof organizationSchema>;

/** As it stands in each row of a subscription, read without a schema for the same reason as the row. */
export function readBillingRun(json: unknown): BillingRun | null {
  const row = fieldsOf(json);
  if (row === null) return null;
  return toBillingRun({
    orgName: toText(row['orgName']),
    myShopifyDomain: toText(row['myShopifyDomain']),
    billingTime: toText(row['billingTime']),
    billingTimezone: toText(row['billingTimezone']),
    numBillingRetries: toInteger(row['numBillingRetries']),
  });
}

/** Null when time or zone is missing or not one: the cut-off of an order cannot be computed from half of it. */
export function toBillingRun(row: OrganizationRow): BillingRun | null {
  if (row.billingTime === null || row.billingTimezone === null) return null;
  const isTime = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/.test(row.billingTime);
  if (!isTime || !isTimeZone(row.billingTimezone)) return null;
  return {
    time: row.billingTime,
    timeZone: row.billingTimezone,
    shopName: row.orgName,
    shopDomain: row.myShopifyDomain,
  };
}

export function toOrganization(row: OrganizationRow): Organization {
  return {
    shopName: row.orgName,
    shopDomain: row.myShopifyDomain,
    billingRun: toBillingRun(row),
    billingRetries: row.numBillingRetries,
  };
}

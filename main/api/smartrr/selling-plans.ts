import { z } from 'zod';
import { lenientInteger, lenientText } from '../lenient.ts';
import { toFrequency } from './frequency.ts';
import type { SellingPlan } from './smartrr-types.ts';

const groupSchema = z.object({ sellingPlans: z.array(z.unknown()) });

const planSchema = z.object({
  id: lenientText,
  shopifyNumericId: lenientText,
  shopifyId: lenientText,
  deliveryPolicy: z.object({ interval: lenientText, intervalCount: lenientInteger }).nullish().catch(null),
});

/**
 * Flattens groups to plans (subscription-platforms.md 1.4, Selling plan).
 *
 * The frequency is the delivery policy's: a prepaid plan bills less often than it delivers. A subscription may name
 * its plan by number or by GID, so a plan is known by all of them. A plan without any id is left out, because nothing
 * can refer to it.
 */
export function readSellingPlans(groups: readonly unknown[]): SellingPlan[] {
  return groups
    .flatMap((group) => groupSchema.safeParse(group).data?.sellingPlans ?? [])
    .flatMap((plan) => planSchema.safeParse(plan).data ?? [])
    .map(({ id, shopifyNumericId, shopifyId, deliveryPolicy }) => {
      const numberInGid = /\/(\d+)$/.exec(shopifyId ?? '')?.[1] ?? null;
      const ids = [id, shopifyNumericId, shopifyId, numberInGid].flatMap((one) => one ?? []);
      const frequency = toFrequency(deliveryPolicy?.interval ?? null, deliveryPolicy?.intervalCount ?? null);
      return { ids: [...new Set(ids)], frequency };
    })
    .filter(({ ids }) => ids.length > 0);
}

import { answerClasses, type AnswerClass } from '../../shared/domain/delivery-filter.ts';
import { deliveryStates, type DeliveryState } from '../../shared/domain/deliveries.ts';
import { triggerNames, type TriggerName } from '../../shared/domain/triggers.ts';
import type { WriteDb } from '../../main/db/types.ts';

/** A delivery in any state, written as it would stand after a while. */
export type DeliveryFixture = Readonly<{
  key: string;
  trigger: TriggerName;
  state: DeliveryState;
  answer: AnswerClass | null;
  isTest: boolean;
  customerId: string | null;
  subscriptionId: string | null;
  orderDate: string | null;
  phone: string | null;
  createdAt: number;
}>;

export function insertDeliveryFixture(db: WriteDb, row: DeliveryFixture): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO deliveries (key, trigger, state, reason, is_test, is_urgent, customer_id, subscription_id, order_date,
         phone, properties, occurred_at, due_at, deadline_at, created_at, answer)
       VALUES (:key, :trigger, :state, 'queued', :isTest, 0, :customerId, :subscriptionId, :orderDate,
         :phone, '{}', :createdAt, :createdAt, :deadlineAt, :createdAt, :answer)`,
    )
    .run({ ...row, isTest: row.isTest ? 1 : 0, deadlineAt: row.createdAt + 3 * 86_400_000 });
  return Number(lastInsertRowid);
}

/** The same numbers for the same seed, so that what fails once fails again. */
export function createChance(seed: number): <T>(list: readonly T[]) => T {
  let state = seed;
  return <T>(list: readonly T[]) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const chosen = list[Math.floor((state / 2 ** 32) * list.length)];
    if (chosen === undefined) throw new Error('Expected a list that is not empty');
    return chosen;
  };
}

/** Any mixture of what a delivery can be, also those that no day of work brings about. */
export function makeDeliveryFixture(
  choose: ReturnType<typeof createChance>,
  index: number,
  choices: Readonly<{
    customerIds: readonly (string | null)[];
    dates: readonly (string | null)[];
    times: readonly number[];
  }>,
): DeliveryFixture {
  return {
    key: `any:${index}`,
    trigger: choose(triggerNames),
    state: choose(deliveryStates),
    answer: choose([...answerClasses, null]),
    isTest: choose([true, false, false, false]),
    customerId: choose(choices.customerIds),
    subscriptionId: null,
    orderDate: choose(choices.dates),
    phone: null,
    createdAt: choose(choices.times),
  };
}

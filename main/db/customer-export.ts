import type { ReadDb } from './types.ts';

/** Each list as the database has it: an answer to "what do you hold about me" leaves nothing out and explains no column. */
const lists = {
  subscriptions: 'SELECT * FROM subscriptions WHERE customer_id = :id ORDER BY created_at',
  bills: `SELECT bills.* FROM bills JOIN subscriptions ON subscriptions.id = bills.subscription_id
    WHERE subscriptions.customer_id = :id ORDER BY bills.updated_at`,
  deliveries: 'SELECT * FROM deliveries WHERE customer_id = :id ORDER BY id',
  attempts: `SELECT attempts.* FROM attempts JOIN deliveries ON deliveries.id = attempts.delivery_id
    WHERE deliveries.customer_id = :id ORDER BY attempts.id`,
  replies: `SELECT * FROM replies WHERE customer_id = :id OR (customer_id IS NULL AND phone = :phone) ORDER BY sequence`,
  skips: 'SELECT * FROM skips WHERE customer_id = :id ORDER BY id',
  decisions: 'SELECT * FROM decisions WHERE customer_id = :id ORDER BY id',
} as const;

export type CustomerExport = Readonly<
  { customer: Record<string, unknown> } & Record<keyof typeof lists, readonly Record<string, unknown>[]>
>;

/** Everything that is held about one customer; undefined when they are not known. */
export function exportCustomer(db: ReadDb, id: string): CustomerExport | undefined {
  const customer = db
    .prepare<{ id: string }, Record<string, unknown>>('SELECT * FROM customers WHERE id = :id')
    .get({ id });
  if (customer === undefined) return undefined;
  const read = (list: keyof typeof lists): readonly Record<string, unknown>[] =>
    db.prepare<[Record<string, unknown>], Record<string, unknown>>(lists[list]).all({ id, phone: customer['phone'] });
  return {
    customer,
    subscriptions: read('subscriptions'),
    bills: read('bills'),
    deliveries: read('deliveries'),
    attempts: read('attempts'),
    replies: read('replies'),
    skips: read('skips'),
    decisions: read('decisions'),
  };
}

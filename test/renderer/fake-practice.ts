import type { Handlers } from '../../shared/ipc/contract.ts';
import type { PracticeMove, PracticeTour, PracticeTrouble } from '../../shared/ipc/practice-contract.ts';
import { ok, type Result } from '../../shared/result.ts';
import { customers, DAY, HOUR, makePhones, MINUTE, pick } from './fake-data.ts';

type Channels = 'practice.get' | 'practice.advance' | 'practice.reply' | 'practice.setTrouble';

type FakePractice = Readonly<{
  isRunning: () => boolean;
  now: () => number;
  timeZone: () => string;
  moveTo: (at: number) => void;
  changed: <T>(value: T) => Result<T>;
}>;

const advanceMs = { hour: HOUR, day: DAY, next_event: 5 * HOUR } as const;
const quietMove = { noticesAccepted: 0, othersAccepted: 0, notSent: 0, replies: 0, skipped: 0 };
const firstNotice: PracticeTour = {
  noticed: { customerId: 'cust-2', customerName: 'Marcus Oyelaran' },
  answered: null,
  decision: null,
  platformEvent: null,
  confirmation: null,
};

/** The practice shop, its phones and its clock, in memory. A SKIP is confirmed at once. */
export function createFakePractice(fake: FakePractice): Readonly<{ handlers: Pick<Handlers, Channels> }> {
  const phones = makePhones();
  let trouble: PracticeTrouble = 'none';
  let lastMove: PracticeMove | null = null;
  let tour: PracticeTour = firstNotice;

  const handlers: Pick<Handlers, Channels> = {
    'practice.get': ({ search }) =>
      ok({
        isRunning: fake.isRunning(),
        now: fake.now(),
        timeZone: fake.timeZone(),
        trouble,
        next: { at: fake.now() + 5 * HOUR, what: 'triggers' },
        lastMove,
        tour,
        phones: phones.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
        platformEvents: customers.slice(0, 9).map(({ name }, index) => ({
          at: fake.now() - index * 2 * HOUR,
          customerName: name,
          text: pick(['Order billed', 'Order skipped by API', 'Next order moved to April 17', 'Payment failed'], index),
        })),
      }),
    'practice.advance': ({ by }) => {
      const from = fake.now();
      fake.moveTo(from + advanceMs[by]);
      lastMove = { ...quietMove, from, now: fake.now(), noticesAccepted: 2, replies: 1 };
      return fake.changed({ now: fake.now() });
    },
    'practice.reply': ({ customerId, body }) => {
      const phone = phones.find((one) => one.customerId === customerId);
      const at = fake.now();
      phone?.messages.push({ id: `${customerId}-${phone.messages.length + 1}`, at, direction: 'from_customer', body });
      lastMove = { ...quietMove, from: at, now: at + 3 * MINUTE, replies: 1 };
      if (phone !== undefined && body === 'SKIP') {
        const text = 'Fern & Fable: Confirmed! Your upcoming subscription will be skipped.';
        phone.messages.push({ id: `${customerId}-confirmed`, at: at + MINUTE, direction: 'to_customer', body: text });
        tour = {
          ...firstNotice,
          answered: { customerId, customerName: phone.name, at },
          decision: { reason: 'skipped', orderDate: '2027-03-18', newOrderDate: '2027-04-17' },
          platformEvent: { at, customerName: phone.name, text: 'Order skipped by API' },
          confirmation: { at: at + MINUTE, body: text },
        };
      }
      return fake.changed({});
    },
    'practice.setTrouble': ({ trouble: next }) => {
      trouble = next;
      return fake.changed({});
    },
  };
  return { handlers };
}

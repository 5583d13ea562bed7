import { triggerNames, type TriggerName } from '../../shared/domain/triggers.ts';
import type { DeliveryState } from '../../shared/domain/deliveries.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type {
  AttemptView,
  CustomerRow,
  DecisionView,
  DeliveryRow,
  PracticePhone,
  ReplyView,
} from '../../shared/ipc/schemas.ts';

/** Monday, March 15, 2027, 11:20 AM in New York: the day after the clocks went forward. */
export const NOW = Date.UTC(2027, 2, 15, 15, 20);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const PAGE = 50;

/** A name that tries to be markup, and one that never ends. Both are customers like any other. */
export const MARKUP_NAME = '<img src=x onerror="window.wasAttacked=true">';
export const ENDLESS_NAME = 'Wilhelmina '.repeat(455).trim();

const names = [
  'Dana Whitfield',
  'Marcus Oyelaran',
  MARKUP_NAME,
  'Priya Raghunathan',
  ENDLESS_NAME,
  'Ana Sofía Peña-Delgado',
  'Tom Berg',
  '王小明',
  'Fatima al-Zahra',
  'Grace O’Connor',
  'Luca Moretti',
  'Hannah Weiss',
];
const products = ['House Espresso 500 g', 'Ethiopia Yirgacheffe 1 kg', 'Decaf Huila', 'Paper Filters, 100'];

export function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('Expected a list that is not empty');
  return item;
}

export function dayFrom(days: number): string {
  return new Date(NOW + days * DAY).toISOString().slice(0, 10);
}

export const customers: readonly CustomerRow[] = names.map((name, index) => ({
  // One id that has to be escaped in an address.
  id: index === 6 ? 'cust/7 ü' : `cust-${index + 1}`,
  name,
  phone: index === 7 ? null : `+1 (212) 555-01${String(index + 10)}`,
  email: index % 4 === 3 ? null : `customer${index + 1}@example.com`,
  subscriptions: Array.from({ length: (index % 3) + 1 }, (_, at) => ({
    id: `sub-${index + 1}-${at + 1}`,
    platformNumber: String(10_234_500 + index * 10 + at),
    status: at === 2 ? 'PAUSED' : index === 6 ? 'CANCELLED' : 'ACTIVE',
    nextOrderDate: index === 6 ? null : dayFrom(3 + index + at * 9),
    productTitles: [pick(products, index + at)],
  })),
}));

type Story = Readonly<{ trigger: TriggerName; state: DeliveryState; reason: DecisionReason }>;

const stories: readonly Story[] = [
  { trigger: 'upcoming_order', state: 'accepted', reason: 'accepted' },
  { trigger: 'skipped_order', state: 'accepted', reason: 'accepted' },
  { trigger: 'upcoming_order', state: 'unknown', reason: 'unknown_outcome' },
  { trigger: 'payment_method_failed', state: 'failed', reason: 'rejected' },
  { trigger: 'upcoming_order', state: 'waiting', reason: 'queued' },
  { trigger: 'subscription_created', state: 'accepted', reason: 'accepted' },
  { trigger: 'upcoming_order', state: 'suppressed', reason: 'order_moved' },
  { trigger: 'payment_method_updated', state: 'retrying', reason: 'queued' },
  { trigger: 'upcoming_order', state: 'planned', reason: 'queued' },
  { trigger: 'customer_deactivated', state: 'suppressed', reason: 'still_subscribed' },
  { trigger: 'upcoming_order', state: 'sending', reason: 'queued' },
];

const openStates: ReadonlySet<DeliveryState> = new Set(['planned', 'waiting', 'retrying', 'sending']);

export function makeDeliveries(count: number): DeliveryRow[] {
  return Array.from({ length: count }, (_, index) => {
    const { trigger, state, reason } = pick(stories, index);
    const customer = pick(customers, index);
    const isOpen = openStates.has(state);
    const orderDate = trigger === 'upcoming_order' ? dayFrom(3 - Math.floor(index / 12)) : null;
    const createdAt = NOW - index * 47 * MINUTE;
    return {
      id: count - index,
      key: `${trigger}:${customer.id}:${orderDate ?? index}`,
      trigger,
      state,
      isTest: index % 13 === 5,
      customerId: customer.id,
      customerName: customer.name,
      phone: customer.phone === null ? null : '+1 (212) •••-01••',
      subscriptionId: customer.subscriptions[0]?.id ?? null,
      orderDate,
      createdAt,
      dueAt: isOpen ? NOW + ((index % 7) + 1) * HOUR : null,
      finishedAt: isOpen ? null : createdAt + 2_400,
      attempts: isOpen ? 0 : 1,
      answer: isOpen ? null : state === 'failed' ? '4xx' : state === 'unknown' ? 'none' : '2xx',
      reason,
      waitsFor: state === 'sending' || !isOpen ? null : state === 'retrying' ? 'retry' : 'time',
    };
  });
}

export function makeAttempts({ state, createdAt, trigger }: DeliveryRow, withPhone = false): AttemptView[] {
  const phone = withPhone ? '+12125550110' : '+1 ••• ••• 0110';
  const request = `POST /api/v2/events\n\n${JSON.stringify({ type: `smartrr_${trigger}`, phone_number: phone }, null, 2)}`;
  const base = { origin: 'scheduled', request } as const;
  if (state === 'unknown') {
    return [
      {
        ...base,
        number: 1,
        startedAt: createdAt,
        endedAt: createdAt + 15_000,
        outcome: 'unknown',
        httpStatus: null,
        message: 'No answer within 15 s after the request had left.',
        response: null,
      },
    ];
  }
  if (state === 'failed') {
    return [
      {
        ...base,
        number: 1,
        startedAt: createdAt,
        endedAt: createdAt + 240,
        outcome: 'rejected',
        httpStatus: 400,
        message: 'phone_number: not a valid phone number.',
        response: '{"errors":[{"field":"phone_number","message":"not a valid phone number"}]}',
      },
    ];
  }
  if (state !== 'accepted') return [];
  return [
    {
      ...base,
      number: 1,
      startedAt: createdAt,
      endedAt: createdAt + 130,
      outcome: 'rate_limited',
      httpStatus: 429,
      message: 'Postscript asked us to wait 2 s.',
      response: '{"error_code":3002,"error_message":"Rate limit exceeded","success":false}',
    },
    {
      ...base,
      number: 2,
      startedAt: createdAt + 2_200,
      endedAt: createdAt + 2_400,
      outcome: 'accepted',
      httpStatus: 202,
      message: null,
      response: '{"id":"evt_01J8ZK"}',
    },
  ];
}

export function makeDecisions(customerId: string, count: number): DecisionView[] {
  const reasons: readonly DecisionReason[] = [
    'accepted',
    'queued',
    'order_moved',
    'too_late',
    'skipped',
    'accepted',
    'baseline',
  ];
  const customer = customers.find(({ id }) => id === customerId);
  return Array.from({ length: count }, (_, index) => {
    const reason = pick(reasons, index);
    return {
      id: count - index,
      at: NOW - index * 19 * HOUR,
      reason,
      trigger: reason === 'skipped' ? null : pick(triggerNames, index + 1),
      customerId,
      customerName: customer?.name ?? '',
      subscriptionId: customer?.subscriptions[0]?.id ?? null,
      orderDate: dayFrom(3 - index),
      deliveryId: reason === 'accepted' ? 137 - index : null,
      replyId: null,
      detail: reason === 'too_late' ? 'The cut-off was Mar 12, 3:00 AM EST; 24 hours are needed.' : null,
    };
  });
}

export function pageOf<Row>(rows: readonly Row[], cursor: string | null): { rows: Row[]; nextCursor: string | null } {
  const start = cursor === null ? 0 : Number(cursor);
  const end = start + PAGE;
  return { rows: rows.slice(start, end), nextCursor: end < rows.length ? String(end) : null };
}

export const replies: readonly ReplyView[] = [
  makeReply(0, { body: 'SKIP', keyword: 'SKIP', reason: 'skipped', newOrderDate: dayFrom(33) }),
  makeReply(1, {
    body: 'Can I get the decaf next time instead? And is it possible to skip only every second order?',
    reason: 'not_understood',
    orderDate: null,
    needsPerson: true,
  }),
  makeReply(2, {
    body: '<b>skip</b><script>window.wasAttacked=true</script>',
    reason: 'not_understood',
    needsPerson: true,
  }),
  makeReply(3, {
    body: 'Skip please!',
    keyword: 'SKIP',
    reason: 'skip_refused',
    detail: 'Smartrr answered: the order is being processed.',
    needsPerson: true,
  }),
  makeReply(4, { body: 'STOP', keyword: 'OPT_OUT', reason: 'opt_out', orderDate: null }),
  makeReply(5, { body: 'skip', keyword: 'SKIP', reason: null }),
  makeReply(6, {
    body: 'who is this',
    reason: 'unknown_number',
    customerId: null,
    customerName: '',
    orderDate: null,
    needsPerson: true,
  }),
];

function makeReply(index: number, over: Partial<ReplyView>): ReplyView {
  const customer = pick(customers, index);
  return {
    id: `im_${index + 1}`,
    receivedAt: NOW - index * 3 * HOUR,
    customerId: customer.id,
    customerName: customer.name,
    phone: '+1 (212) •••-01••',
    body: '',
    keyword: null,
    reason: null,
    detail: null,
    subscriptionId: customer.subscriptions[0]?.id ?? null,
    orderDate: dayFrom(3),
    newOrderDate: null,
    needsPerson: false,
    ...over,
  };
}

export function makePhones(): PracticePhone[] {
  return customers
    .filter(({ phone }) => phone !== null)
    .map(({ id, name, phone }, index) => ({
      customerId: id,
      name,
      phone: phone ?? '',
      hasOpenNotice: index <= 6 && index % 2 === 1,
      messages:
        index > 6
          ? []
          : [
              {
                id: `${id}-1`,
                at: NOW - 2 * DAY,
                direction: 'to_customer',
                body: 'Fern & Fable: Heads up: your upcoming subscription from Fern & Fable will ship in 3 days. Not quite ready? Just reply SKIP. To manage your subscription go to https://fern.example/account',
              },
              ...(index % 2 === 0
                ? [
                    {
                      id: `${id}-2`,
                      at: NOW - 2 * DAY + 9 * MINUTE,
                      direction: 'from_customer' as const,
                      body: 'Skip please',
                    },
                    {
                      id: `${id}-3`,
                      at: NOW - 2 * DAY + 10 * MINUTE,
                      direction: 'to_customer' as const,
                      body: 'Fern & Fable: Confirmed! Your upcoming subscription will be skipped. Your next order will be on April 17, 2027.',
                    },
                  ]
                : []),
            ],
    }));
}

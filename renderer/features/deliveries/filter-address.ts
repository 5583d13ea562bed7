import { answerClasses, everyDelivery, type DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { deliveryStates } from '../../../shared/domain/deliveries.ts';
import { triggerNames } from '../../../shared/domain/triggers.ts';

/** The filter as it stands in the address, so that back, forward, a reload and a link restore it. */

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_OR_HOUR = /^\d{4}-\d{2}-\d{2}(T\d{2}:00)?$/;

export function readFilter(params: URLSearchParams): DeliveryFilter {
  const isTest = { test: true, real: false }[params.get('kind') ?? ''] ?? null;
  return {
    state: deliveryStates.find((state) => state === params.get('state')) ?? null,
    trigger: triggerNames.find((trigger) => trigger === params.get('trigger')) ?? null,
    answer: answerClasses.find((answer) => answer === params.get('answer')) ?? null,
    isTest,
    from: readDate(params.get('from'), DATE_OR_HOUR),
    to: readDate(params.get('to'), DATE_OR_HOUR),
    customerId: params.get('customer')?.slice(0, 100) ?? null,
    orderDate: readDate(params.get('order'), DATE),
    search: (params.get('q') ?? '').slice(0, 200),
  };
}

/** Only what is set; whatever else the address holds, the open delivery for one, stays away. */
export function writeFilter(filter: DeliveryFilter): Record<string, string> {
  const { state, trigger, answer, isTest, from, to, customerId, orderDate, search } = filter;
  const values = {
    state,
    trigger,
    answer,
    kind: isTest === null ? null : isTest ? 'test' : 'real',
    from,
    to,
    customer: customerId,
    order: orderDate,
    q: search,
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ''),
  );
}

export function isFiltered(filter: DeliveryFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(everyDelivery);
}

/** Null for anything that is no day of the calendar: an address can be typed by hand. */
function readDate(text: string | null, shape: RegExp): string | null {
  if (text === null || !shape.test(text)) return null;
  const date = text.slice(0, 10);
  const at = Date.parse(`${date}T00:00:00Z`);
  const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
  return isDay && Number(text.slice(11, 13)) < 24 ? text : null;
}

import type { Http, HttpRequest } from '../http-types.ts';
import { refuse } from '../remote-answers.ts';
import { parseInstant } from './instants.ts';

const id = '[A-Za-z0-9-]{1,64}';
const contractNumber = '[0-9]{1,30}';

/**
 * Everything that may be asked of Smartrr, and nothing else (subscription-platforms.md 1.3).
 *
 * Its API has calls that a slip must never reach: a GET that erases a customer (`ccpa`), `bulk-*` calls that take the
 * word `all`, `cancel`, a bill's `retry` that charges the customer, and `integrations`, whose answer holds other
 * services' keys. Ids come from answers, so a path is checked as it is sent, not as it was meant.
 */
const allowed: readonly Readonly<{ method: string; path: RegExp; query: readonly string[]; writesDate: boolean }>[] = [
  read('purchase-state', ['pageSize', 'pageNumber', 'orderBy[createdDate]', 'filterAfter[updatedDate]']),
  read(`purchase-state/${contractNumber}`),
  read(`purchase-state/${contractNumber}/events`),
  read(`purchase-state/${contractNumber}/bills`, ['pageSize', 'orderBy[createdDate]']),
  read(`customer/${id}/purchase-state/`, ['pageSize']),
  read('bill', [
    'pageSize',
    'pageNumber',
    'orderBy[createdDate]',
    'filterAfter[updatedDate]',
    'filterAfter[billingDate]',
  ]),
  read(`bill/${id}/history`),
  read('selling-plan-group', ['cache']),
  read('organizations'),
  // Without `sendNow`, which would charge the order at the next billing run.
  write(`customer/${id}/purchase-state/${id}/(skip|unskip|next-billing-date)`),
];

function read(path: string, query: readonly string[] = []): (typeof allowed)[number] {
  return { method: 'GET', path: new RegExp(`^/vendor/${path}$`), query, writesDate: false };
}

function write(path: string): (typeof allowed)[number] {
  return { method: 'PUT', path: new RegExp(`^/vendor/${path}$`), query: [], writesDate: true };
}

export function isAllowedOfSmartrr({ method, path, query = [], body }: HttpRequest): boolean {
  return allowed.some(
    (entry) =>
      entry.method === method &&
      entry.path.test(path) &&
      query.every(([name]) => entry.query.includes(name)) &&
      (entry.writesDate ? isDateBody(body) : body === undefined),
  );
}

/** A skip without a date is not idempotent: repeated, it skips one order more (1.6). */
function isDateBody(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const entries: [string, unknown][] = Object.entries(body);
  const [name, value] = entries[0] ?? [];
  return entries.length === 1 && name === 'date' && typeof value === 'string' && parseInstant(value) !== null;
}

/** Puts the list in front of Smartrr; the client has no other way out. */
export function guardSmartrr(http: Http): Http {
  return {
    request: async (request) =>
      isAllowedOfSmartrr(request)
        ? http.request(request)
        : refuse('rejected', 'This is not among the requests that Heads Up makes to Smartrr, so nothing was sent.'),
  };
}

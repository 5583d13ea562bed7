import type { PracticePhone } from '../../shared/ipc/schemas.ts';
import type { Customer, World } from './world-types.ts';
import { createRandom } from './random.ts';
import { notOptedIn } from './scenarios.ts';
import { nameOf } from './world-changes.ts';

export type PhoneMessage = PracticePhone['messages'][number];

/** One number as Postscript knows it. Two customers may share it; then both read the same messages. */
export type PhoneLine = {
  readonly index: number;
  readonly phone: string;
  /** Stored and returned without a plus, as Postscript does. */
  readonly digits: string;
  readonly subscriberId: string;
  readonly customers: Customer[];
  readonly isSubscriber: boolean;
  readonly createdAt: number;
  isOptedOut: boolean;
  messages: PhoneMessage[];
  lastInboundAt: number;
  /** The order named by the notice whose request came in last, of those that are on the phone. */
  notice: Readonly<{ subscriptionId: string; orderDate: string; arrivedAt: number }> | null;
  /** The newest text is that notice. */
  hasOpenNotice: boolean;
};

/** Every phone of the practice shop. */
export type PhoneBook = Readonly<{
  add: (customer: Customer) => void;
  lines: readonly PhoneLine[];
  /** By digits; a ten-digit number is taken for a North American one. */
  findByNumber: (number: string) => PhoneLine | undefined;
  findBySubscriberId: (id: string) => PhoneLine | undefined;
  findByEmail: (email: string) => PhoneLine | undefined;
  ofCustomer: (customer: Customer) => PhoneLine | undefined;
  addMessage: (line: PhoneLine, direction: PhoneMessage['direction'], body: string) => void;
  find: (customer: Customer) => PracticePhone | null;
  list: (search: string, limit: number) => PracticePhone[];
}>;

const shownMessages = 50;
const noMessages: PhoneMessage[] = [];
const notSubscribedRate = 0.03;

/** The digits of a number, however it is written. */
export function toDigits(number: string): string {
  return number.replace(/\D/g, '');
}

/** Opens the phone book of a world. */
export function createPhoneBook(world: World): PhoneBook {
  const lines: PhoneLine[] = [];
  const byDigits = new Map<string, PhoneLine>();
  const withMessages = new Set<PhoneLine>();
  let messageCount = 0;

  function add(customer: Customer): void {
    if (customer.phone === null) return;
    const digits = toDigits(customer.phone);
    const known = byDigits.get(digits);
    if (known !== undefined) {
      known.customers.push(customer);
      return;
    }
    const random = createRandom(world.options.seed, 'opted-in', customer.index);
    const line: PhoneLine = {
      index: lines.length,
      phone: customer.phone,
      digits,
      subscriberId: `s_${(lines.length + 1).toString(16).padStart(12, '0')}`,
      customers: [customer],
      isSubscriber: customer.scenario === null ? !random.isLucky(notSubscribedRate) : customer.scenario !== notOptedIn,
      createdAt: customer.createdAt,
      isOptedOut: false,
      messages: noMessages,
      lastInboundAt: -Infinity,
      notice: null,
      hasOpenNotice: false,
    };
    lines.push(line);
    byDigits.set(digits, line);
  }
  for (const customer of world.customers) add(customer);

  function findByNumber(number: string): PhoneLine | undefined {
    const digits = toDigits(number);
    return byDigits.get(digits) ?? (digits.length === 10 ? byDigits.get(`1${digits}`) : undefined);
  }

  function ofCustomer({ phone }: Customer): PhoneLine | undefined {
    return phone === null ? undefined : byDigits.get(toDigits(phone));
  }

  function toPhone(line: PhoneLine, customer: Customer): PracticePhone {
    return {
      customerId: customer.id,
      name: nameOf(customer),
      phone: line.phone,
      messages: line.messages.slice(-shownMessages),
      hasOpenNotice: line.hasOpenNotice,
    };
  }

  return {
    add,
    lines,
    findByNumber,
    findBySubscriberId: (id) => lines[Number.parseInt(id.slice(2), 16) - 1],
    findByEmail: (email) => {
      const wanted = email.toLowerCase();
      // The most recent opted-in one wins.
      return lines.findLast(
        (line) => line.isSubscriber && !line.isOptedOut && line.customers.some((each) => each.email === wanted),
      );
    },
    ofCustomer,
    addMessage: (line, direction, body) => {
      if (line.messages === noMessages) line.messages = [];
      line.hasOpenNotice = false;
      line.messages.push({ id: `m_${++messageCount}`, at: world.clock.now(), direction, body });
      // Deleting first keeps the set in the order of the newest message.
      withMessages.delete(line);
      withMessages.add(line);
    },
    find: (customer) => {
      const line = ofCustomer(customer);
      return line === undefined ? null : toPhone(line, customer);
    },
    list: (search, limit) => {
      const wanted = search.trim().toLowerCase();
      const digits = toDigits(wanted);
      const found: PracticePhone[] = [];
      const fits = (line: PhoneLine, customer: Customer): boolean =>
        wanted === '' ||
        nameOf(customer).toLowerCase().includes(wanted) ||
        (digits.length > 2 && line.digits.includes(digits));
      const collect = (line: PhoneLine): void => {
        for (const customer of line.customers) {
          if (found.length < limit && fits(line, customer)) found.push(toPhone(line, customer));
        }
      };
      for (const line of [...withMessages].toReversed()) collect(line);
      for (const line of lines) {
        if (found.length >= limit) break;
        if (!withMessages.has(line)) collect(line);
      }
      return found;
    },
  };
}

import type {
  AppliedSkip,
  AppliedUnskip,
  OrderSpan,
  PracticeLedger,
  ReceivedEvent,
  SentReply,
  TriggerFact,
} from './ledger.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The ledger while it is being written. */
export type LedgerBook = Readonly<{
  /** Returned open, because whether it was answered shows only afterwards. */
  addEvent: (event: ReceivedEvent) => Writable<ReceivedEvent>;
  addSkip: (skip: AppliedSkip) => void;
  addUnskip: (unskip: AppliedUnskip) => void;
  addReply: (reply: SentReply) => void;
  addFact: (fact: TriggerFact) => void;
  /** Returns the number by which the span is ended. */
  openSpan: (span: Pick<OrderSpan, 'subscriptionId' | 'customerId' | 'orderDate' | 'from'>) => number;
  endSpan: (number: number, at: number, ended: NonNullable<OrderSpan['ended']>) => void;
  countFault: (name: string) => void;
  read: () => PracticeLedger;
}>;

/** Opens an empty ledger. */
export function createLedgerBook(): LedgerBook {
  const events: Writable<ReceivedEvent>[] = [];
  const skips: AppliedSkip[] = [];
  const unskips: AppliedUnskip[] = [];
  const replies: SentReply[] = [];
  const facts: TriggerFact[] = [];
  const orders: Writable<OrderSpan>[] = [];
  const faults: Record<string, number> = {};

  return {
    addEvent: (event) => {
      const open = { ...event };
      events.push(open);
      return open;
    },
    addSkip: (skip) => void skips.push(skip),
    addUnskip: (unskip) => void unskips.push(unskip),
    addReply: (reply) => void replies.push(reply),
    addFact: (fact) => void facts.push(fact),
    openSpan: (span) => orders.push({ ...span, until: null, ended: null }) - 1,
    endSpan: (number, at, ended) => {
      const span = orders[number];
      if (span?.ended !== null) throw new Error(`Expected span ${number} to be open`);
      span.until = at;
      span.ended = ended;
    },
    countFault: (name) => {
      faults[name] = (faults[name] ?? 0) + 1;
    },
    // A copy, so that a reader never sees a span end under its hands.
    read: () => structuredClone({ events, skips, unskips, replies, facts, orders, faults }),
  };
}

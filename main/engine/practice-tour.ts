import { findReplyView, listNewestReplies } from '../db/reply-log.ts';
import type { PracticeTour } from '../../shared/ipc/practice-contract.ts';
import type { PracticeEvent, PracticePhone } from '../../shared/ipc/schemas.ts';
import { readKeyword } from '../../shared/domain/keyword.ts';
import type { OwnSkip, PracticeSession } from './practice-session.ts';

/** The newest replies among which a text just sent is looked for. */
const NEWEST = 200;

/** A text just sent from a practice phone, when it is a SKIP, with the reply that the engine made of it. */
export function findOwnSkip({ shop }: PracticeSession, customerId: string, body: string, at: number): OwnSkip | null {
  if (readKeyword(body) !== 'SKIP') return null;
  // The inbox keeps whole seconds.
  const reply = listNewestReplies(shop.db, NEWEST).find(
    (one) => one.customerId === customerId && one.receivedAt >= at - (at % 1000),
  );
  return { customerId, at, replyId: reply?.id ?? null };
}

/** Where the tour begins. */
export const emptyTour: PracticeTour = {
  noticed: null,
  answered: null,
  decision: null,
  platformEvent: null,
  confirmation: null,
};

/** How far the tour has come, read from the engine's books, the phones and what the platform recorded. */
export async function readTour(session: PracticeSession, phones: readonly PracticePhone[]): Promise<PracticeTour> {
  const noticed = phones.find(({ hasOpenNotice }) => hasOpenNotice);
  const none = {
    ...emptyTour,
    noticed: noticed === undefined ? null : { customerId: noticed.customerId, customerName: noticed.name },
  };
  const skip = session.memory.ownSkip;
  if (skip === null) return none;
  const phone = await session.control.phone(skip.customerId);
  if (phone === null) return none;
  const reply = skip.replyId === null ? undefined : findReplyView(session.shop.db, skip.replyId);
  const isSkipped = reply?.reason === 'skipped';
  return {
    ...none,
    answered: { customerId: skip.customerId, customerName: phone.name, at: skip.at },
    decision:
      reply === undefined || reply.reason === null
        ? null
        : { reason: reply.reason, orderDate: reply.orderDate, newOrderDate: reply.newOrderDate },
    platformEvent: isSkipped ? await findPlatformEvent(session, phone.name, skip.at) : null,
    confirmation: isSkipped ? findConfirmation(phone, skip.at) : null,
  };
}

async function findPlatformEvent(
  { control }: PracticeSession,
  customerName: string,
  since: number,
): Promise<PracticeEvent | null> {
  const events = await control.platformEvents(NEWEST);
  return (
    events.find((event) => event.at >= since && event.customerName === customerName && /skip/i.test(event.text)) ?? null
  );
}

/** The first text after the SKIP: a conversation is answered before anything else goes out. */
function findConfirmation({ messages }: PracticePhone, since: number): PracticeTour['confirmation'] {
  const text = messages.find(({ at, direction }) => direction === 'to_customer' && at > since);
  return text === undefined ? null : { at: text.at, body: text.body };
}

import { formatCount } from '../../../shared/domain/counts.ts';
import type { PracticeMove, PracticeNext } from '../../../shared/ipc/practice-contract.ts';

const whats: Readonly<Record<PracticeNext['what'], string>> = {
  triggers: 'triggers go out',
  orders: 'orders are charged',
  charge_again: 'a failed charge is tried again',
  text: 'a text reaches a phone',
  reply: 'a customer answers',
};

/** "orders are charged at 9:30 AM EST". */
export function describeNext(next: PracticeNext | null, showTime: (at: number) => string): string {
  return next === null ? 'nothing is planned' : `${whats[next.what]}, ${showTime(next.at)}`;
}

/** "2 notices accepted, 1 reply". */
export function describeMove(move: PracticeMove): string {
  const { noticesAccepted, othersAccepted, notSent, replies, skipped } = move;
  const parts = [
    noticesAccepted > 0 && `${formatCount(noticesAccepted, 'notice')} accepted`,
    othersAccepted > 0 && `${formatCount(othersAccepted, 'other trigger')} accepted`,
    replies > 0 && formatCount(replies, 'reply', 'replies'),
    skipped > 0 && `${formatCount(skipped, 'order')} skipped`,
    notSent > 0 && `${formatCount(notSent, 'trigger')} not sent`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nothing happened' : parts.join(', ');
}

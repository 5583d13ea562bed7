import type { Bill, World } from './world-types.ts';
import type { TextOrder } from './automations.ts';
import type { Conversations } from './conversations.ts';
import type { PhoneBook, PhoneLine } from './phones.ts';

export type Lively = Readonly<{
  start: () => void;
  onText: (line: PhoneLine, order: TextOrder) => void;
  onFailedCharge: (bill: Bill) => void;
}>;

export function createLively(_world: World, _phones: PhoneBook, _conversations: Conversations): Lively {
  return { start: () => undefined, onText: () => undefined, onFailedCharge: () => undefined };
}

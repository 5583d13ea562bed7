import { renderMessage } from '../../shared/domain/template.ts';
import { defaultCopyOf, triggerNames, triggers, type TriggerName } from '../../shared/domain/triggers.ts';
import type { Notable } from './clockwork.ts';
import type { Customer, World } from './world-types.ts';
import type { PhoneBook, PhoneLine } from './phones.ts';
import { dayMs, minuteMs } from './zone-time.ts';

/** A matched event on its way to a phone. */
export type TextOrder = Readonly<{
  trigger: TriggerName;
  customer: Customer;
  values: Readonly<Record<string, string>>;
  subscriptionId: string | null;
  orderDate: string | null;
  /** When the event's request came in. */
  arrivedAt: number;
}>;

/** Told when a text has arrived on a phone. */
export type TextHook = (line: PhoneLine, order: TextOrder) => void;

/** Postscript's side of texting: enabled automations, one per trigger, with the wait and the quiet hours. */
export type Automations = Readonly<{
  /** Starts the automation of a trigger for one phone. */
  start: (line: PhoneLine, order: TextOrder) => void;
  setCopy: (trigger: TriggerName, copy: string) => void;
}>;

/** The shortest wait that an automation can have. */
const waitMs = minuteMs;

/** A confirmation of something the customer has just asked for is not held back by quiet hours. */
const conversationMs = 30 * minuteMs;

const wakingHours = { from: 8 * 60, to: 21 * 60 };

/** The trigger that a custom event or a legacy trigger starts; undefined when no automation listens to it. */
export function findTrigger(name: string): TriggerName | undefined {
  return triggerNames.find((trigger) => triggers[trigger].eventType === name || triggers[trigger].legacyName === name);
}

/** Opens the automations of the practice shop. */
export function createAutomations(world: World, phones: PhoneBook, onText: TextHook): Automations {
  const { clock, zone, shop, options } = world;
  const copies = new Map(triggerNames.map((name) => [name, defaultCopyOf(name)]));
  const notable = (): Notable => 'text';

  function deliver(line: PhoneLine, order: TextOrder): void {
    if (line.isOptedOut || !line.isSubscriber) return;
    const opensAt = findOpening(line);
    if (opensAt > clock.now()) {
      clock.plan(opensAt, () => deliver(line, order), notable);
      return;
    }
    phones.addMessage(line, 'to_customer', render(order));
    const { trigger, subscriptionId, orderDate, arrivedAt } = order;
    if (trigger === 'upcoming_order' && subscriptionId !== null && orderDate !== null) {
      if (line.notice === null || arrivedAt >= line.notice.arrivedAt)
        line.notice = { subscriptionId, orderDate, arrivedAt };
      line.hasOpenNotice = true;
    }
    onText(line, order);
  }

  function findOpening(line: PhoneLine): number {
    const now = clock.now();
    if (now - line.lastInboundAt <= conversationMs) return now;
    const minute = zone.minuteOf(now);
    if (minute >= wakingHours.from && minute < wakingHours.to) return now;
    const day = zone.dayOf(now) + (minute >= wakingHours.to ? 1 : 0);
    return Math.min(zone.instantOf(day, wakingHours.from), now + dayMs);
  }

  function render({ trigger, customer, values }: TextOrder): string {
    return renderMessage(
      copies.get(trigger) ?? '',
      {
        ...values,
        shop_name: shop.name,
        shop_link: `https://${shop.domain}`,
        first_name: customer.firstName,
        last_name: customer.lastName,
      },
      options.switches.missingTag,
    );
  }

  return {
    start: (line, order) => clock.plan(clock.now() + waitMs, () => deliver(line, order), notable),
    setCopy: (trigger, copy) => void copies.set(trigger, copy),
  };
}

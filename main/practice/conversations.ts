import type { World } from './world-types.ts';
import type { SentReply } from './ledger.ts';
import type { PhoneBook, PhoneLine } from './phones.ts';
import { shopId, toStamp, type PostscriptWebhooks } from './postscript-webhooks.ts';
import { createRandom } from './random.ts';

/** Incoming texts: from a phone through Postscript's webhook to whoever listens. */
export type Conversations = Readonly<{
  /** A text from a known phone. `meant` is left out when a person typed it. */
  receive: (line: PhoneLine, body: string, meant?: SentReply['meant']) => Promise<void>;
  /** A text from a number that belongs to no customer. */
  receiveFromStranger: (phone: string, body: string, meant: SentReply['meant']) => Promise<void>;
}>;

const optOutWords = new Set(['stop', 'unsubscribe', 'quit', 'cancel', 'end', 'opt out', 'revoke']);
const politeWords = new Set(['please', 'pls', 'plz', 'thanks', 'thank', 'you', 'thx', 'ty']);

function toWords(body: string): string[] {
  return body
    .toLowerCase()
    .split(/[^\p{L}']+/u)
    .filter((word) => word !== '');
}

/** What a person who typed this into the practice phone most likely means. */
export function guessMeaning(body: string): SentReply['meant'] {
  const words = toWords(body);
  if (optOutWords.has(words.join(' '))) return 'opt_out';
  const rest = words.filter((word) => !politeWords.has(word));
  return rest.length === 1 && rest[0] === 'skip' ? 'skip' : 'talk';
}

/** Opens the shop's side of every conversation. */
export function createConversations(world: World, phones: PhoneBook, webhooks: PostscriptWebhooks): Conversations {
  const { clock, ledger, options } = world;
  let count = 0;

  async function take(
    from: Readonly<{ phone: string; line: PhoneLine | null }>,
    body: string,
    meant: SentReply['meant'],
  ): Promise<void> {
    const { phone, line } = from;
    const id = `im_${(++count).toString(16).padStart(6, '0')}${(options.seed >>> 0).toString(16).padStart(8, '0')}`;
    const [customer] = line?.customers ?? [];
    const isOptOut = meant === 'opt_out';
    const notice = line?.notice ?? null;
    ledger.addReply({
      id,
      at: clock.now(),
      customerId: customer?.id ?? null,
      body,
      meant,
      namedOrder: notice === null ? null : { subscriptionId: notice.subscriptionId, orderDate: notice.orderDate },
    });
    // The vendor's example has null here, so a reader must not count on it.
    const isLinked = createRandom(options.seed, 'linked', phone).isLucky(0.8);
    await webhooks.send('shop.incoming_message', {
      id,
      subscriber_id: line?.isSubscriber === true ? line.subscriberId : null,
      shop_id: shopId,
      is_opt_out: isOptOut,
      shopify_customer_id: customer !== undefined && isLinked ? Number(customer.number) : null,
      from_number: phone,
      created_at: toStamp(clock.now()),
      body,
    });
  }

  return {
    receive: async (line, body, meant = guessMeaning(body)) => {
      phones.addMessage(line, 'from_customer', body);
      line.lastInboundAt = clock.now();
      if (meant === 'opt_out' && !line.isOptedOut) {
        line.isOptedOut = true;
        phones.addMessage(line, 'to_customer', `${world.shop.name}: You are unsubscribed and will get no more texts.`);
      } else if (toWords(body).join(' ') === 'start') {
        line.isOptedOut = false;
      }
      await take({ phone: line.phone, line }, body, meant);
    },
    receiveFromStranger: (phone, body, meant) => take({ phone, line: null }, body, meant),
  };
}

import { createInboxClient } from '../../../main/api/inbox-client.ts';
import { createInboxApp } from '../../../main/inbox/app.ts';
import { createInboxStore } from '../../../main/inbox/store.ts';
import { createRandom, type Random } from '../../../main/practice/random.ts';
import { webhookSecretHeader } from '../../../shared/domain/replies.ts';
import { mutate, mutateText } from './mutate.ts';
import { damageBody } from './odd-bodies.ts';
import { isPolluted } from './odd-values.ts';
import { runCases, type Suite } from './suite.ts';

const signatureToken = 'not-a-real-signature';
const webhookSecret = 'not-a-real-secret';
const readToken = 'not-a-real-read-token';

function makeBody(random: Random, number: number): Uint8Array<ArrayBuffer> | string {
  const webhook = {
    event: 'shop.incoming_message',
    event_data: {
      id: `message-${number}`,
      subscriber_id: 's_1',
      shopify_customer_id: 8_200_000_001,
      from_number: '+12125550100',
      body: 'SKIP',
      is_opt_out: false,
    },
  };
  const text = JSON.stringify(random.isLucky(0.8) ? mutate(webhook, random) : webhook) ?? '';
  if (random.isLucky(0.1)) return mutateText(text, random);
  return random.isLucky(0.1) ? damageBody(text, random).bytes : text;
}

/** Signed webhooks that are not what was promised, into the real inbox; what it took in, the console must be able to read. */
export const webhooksSuite: Suite = async (order) => {
  const store = createInboxStore(':memory:');
  const problems: string[] = [];
  const app = createInboxApp({
    store,
    signatureToken,
    webhookSecret,
    readToken,
    now: () => 1_800_000_000_000,
    onProblem: (error) => void problems.push(error.message),
  });
  const client = createInboxClient({
    baseUrl: 'http://127.0.0.1:9',
    token: () => readToken,
    fetch: async (input, init) => app.request(input instanceof Request ? input.url : String(input), init),
  });
  const counts = { taken: 0, refused: 0, read: 0 };
  const ids = new Set<string>();
  let cursor = '';
  try {
    const { tried, findings } = await runCases('webhooks', order, async (number) => {
      const random = createRandom(order.seed, 'webhooks', number);
      const headers = { 'postscript-signature': signatureToken, [webhookSecretHeader]: webhookSecret };
      const answer = await app.request('/webhooks/postscript', {
        method: 'POST',
        headers,
        body: makeBody(random, number),
      });
      const text = await answer.text();
      const found: string[] = [];
      if (![200, 400, 413].includes(answer.status)) found.push(`answered ${answer.status} ${text.slice(0, 100)}`);
      if (answer.status === 200) counts.taken += 1;
      else if (/"error":"[a-z ]+"/.test(text)) counts.refused += 1;
      else found.push(`a refusal names no cause: ${text.slice(0, 100)}`);
      if (isPolluted()) found.push('every object of this process was changed');
      const page = await client.listReplies(cursor, 500);
      if (!page.ok) return { tried: 1, findings: [...found, `the console cannot read on: ${page.error.message}`] };
      for (const { id } of page.value.replies) {
        if (ids.has(id)) found.push(`two messages have the id ${JSON.stringify(id)}`);
        if (id.length > 200) found.push('an id is longer than the console can ask for');
        ids.add(id);
      }
      counts.read += page.value.replies.length;
      cursor = page.value.nextCursor;
      return { tried: 1, findings: [...found, ...problems.splice(0)] };
    });
    return {
      figures: [
        { name: 'webhooks received', value: tried },
        { name: 'of them refused by name', value: counts.refused },
        { name: 'replies that the console read', value: counts.read },
      ],
      findings,
    };
  } finally {
    store.close();
  }
};

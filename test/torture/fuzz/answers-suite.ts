import { createCustomEventsChannel } from '../../../main/api/postscript/custom-events-channel.ts';
import { createPostscriptHttp } from '../../../main/api/postscript/postscript-client.ts';
import { deliverDue } from '../../../main/core/deliver-due.ts';
import { readHold } from '../../../main/core/hold.ts';
import { queueDelivery } from '../../../main/core/queue-delivery.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { createStore } from '../../../main/engine/store.ts';
import { createRandom } from '../../../main/practice/random.ts';
import { toError } from '../../../shared/result.ts';
import { makeCustomer, makeDraft, noon } from '../../helpers/core-shop.ts';
import { mutate } from './mutate.ts';
import { damageBody, jsonBody, type Body } from './odd-bodies.ts';
import { isPolluted } from './odd-values.ts';
import { runCases, type Suite } from './suite.ts';

/** What a delivery may be after one request, by what Postscript's answer certainly means. */
function allowedStates({ status }: Body): readonly string[] {
  if (status === 429) return ['retrying'];
  if (status === 401 || status === 403) return ['waiting', 'retrying', 'failed'];
  if (status === 408 || status >= 500 || (status >= 300 && status < 400)) return ['unknown'];
  if (status >= 400) return ['failed'];
  // A 2xx whose body is not what was promised may have come from something in between.
  return ['accepted', 'unknown'];
}

function isPromised(body: Body): boolean {
  try {
    const text = new TextDecoder().decode(body.bytes);
    if (text.trim() !== '') JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One delivery after the other, each answered by Postscript with something else. */
export const answersSuite: Suite = async (order) => {
  const states = new Map<string, number>();
  const { tried, findings } = await runCases('answers', order, async (number) => {
    const random = createRandom(order.seed, 'postscript-answers', number);
    const text = JSON.stringify(mutate({ event_ids: ['e-1'] }, random)) ?? '';
    const answer = random.isLucky(0.6) ? damageBody(text, random) : jsonBody(text);
    const db = openDatabase({ path: ':memory:' });
    const found: string[] = [];
    let asked = 0;
    try {
      saveSettings(db, { sendingOn: true });
      const store = createStore(db);
      store.saveCustomer(makeCustomer(), noon);
      queueDelivery(store, makeDraft(), noon);
      const http = createPostscriptHttp({
        baseUrl: 'http://127.0.0.1:9',
        key: () => 'sk_not_a_real_key',
        fetch: () => {
          asked += 1;
          return Promise.resolve(new Response(answer.bytes, { status: answer.status, headers: answer.headers }));
        },
      });
      await deliverDue({
        store,
        platform: undefined,
        channel: createCustomEventsChannel(http),
        clock: { now: () => noon, sleep: () => Promise.resolve() },
        takeTurn: () => Promise.resolve(),
        takeFreeTurn: () => true,
        random: () => 0.5,
        log: () => undefined,
      });
      const state = db.prepare<[], string>('SELECT state FROM deliveries').pluck().get() ?? 'none';
      states.set(state, (states.get(state) ?? 0) + 1);
      const held = readHold(store, noon) === null ? '' : ', held';
      if (asked !== 1) found.push(`asked ${asked} times`);
      if (!allowedStates(answer).includes(state)) found.push(`${answer.status} made it ${state}${held}`);
      if (state === 'accepted' && !isPromised(answer)) found.push('accepted on garbage');
      if (isPolluted()) found.push('every object of this process was changed');
    } catch (thrown) {
      found.push(`uncaught: ${toError(thrown).message}`);
    } finally {
      db.close();
    }
    return { tried: 1, findings: found };
  });
  const told = [...states].map(([state, count]) => `${state} ${count}`).join(', ');
  return {
    figures: [
      { name: "Postscript's answers to a delivery", value: tried },
      { name: 'what became of the deliveries', value: told },
    ],
    findings,
  };
};

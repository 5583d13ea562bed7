import { Agent, request } from 'node:http';
import { makeWebhook, signed } from './webhook.ts';

/** Entry of the process that plays Postscript at its busiest; says on a line of its own what came of each webhook. */

export type WebhookLoad = Readonly<{
  port: number;
  /** Every webhook has an id of its own that begins with it. */
  prefix: string;
  count: number;
  /** Null: as many at once as there are connections, each as soon as the one before is answered. */
  perSecond: number | null;
  connections: number;
  textBytes: number;
  /** Only half of each body leaves before somebody is answered, so that all of them are under way together. */
  holdsBack: boolean;
  /** As Postscript does, only sooner: what was not answered 200 comes again until it is. */
  comesAgain: boolean;
  /** Shows wrong secrets. */
  isForged?: boolean;
}>;

/** `status` is 0 when no answer came, `retryAfter` is empty when none was named. */
export type WebhookAnswer = Readonly<{ id: string; status: number; ms: number; retryAfter: string }>;

const AGAIN_MS = 20;
/** Whoever sends nobody away is not waited for any longer. */
const HOLD_MS = 1000;
const load = JSON.parse(process.argv[2] ?? '') as WebhookLoad;
const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
const forged = { 'Postscript-Signature': 'forged', 'X-Heads-Up-Secret': 'forged' };
const text = 'x'.repeat(load.textBytes);
const firstAnswer = Promise.withResolvers<void>();

function post(id: string): Promise<WebhookAnswer> {
  const startedAt = performance.now();
  const body = JSON.stringify(makeWebhook({ id, body: text }));
  const headers = {
    ...(load.isForged === true ? forged : signed),
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve) => {
    const end = (status: number, retryAfter = ''): void =>
      resolve({ id, status, ms: Math.round(performance.now() - startedAt), retryAfter });
    const path = '/webhooks/postscript';
    const outgoing = request({ host: '127.0.0.1', port: load.port, path, method: 'POST', agent, headers });
    outgoing.once('response', (response) => {
      firstAnswer.resolve();
      end(response.statusCode ?? 0, response.headers['retry-after']);
      response.resume();
      // Nobody reads the rest of a body that was refused.
      if (!outgoing.writableFinished) outgoing.destroy();
    });
    outgoing.on('error', () => end(0));
    if (!load.holdsBack) {
      outgoing.end(body);
      return;
    }
    outgoing.write(body.slice(0, body.length / 2));
    void firstAnswer.promise.then(() => {
      if (!outgoing.destroyed) outgoing.end(body.slice(body.length / 2));
    });
  });
}

async function deliver(id: string): Promise<void> {
  for (;;) {
    const answer = await post(id);
    console.log(JSON.stringify(answer));
    if (!load.comesAgain || answer.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

if (load.holdsBack) setTimeout(() => firstAnswer.resolve(), HOLD_MS);
const ids = Array.from({ length: load.count }, (_, index) => `${load.prefix}${index}`);
const { perSecond } = load;
if (perSecond === null) {
  await Promise.all(ids.map(deliver));
} else {
  const startedAt = performance.now();
  const underWay = ids.map(async (id, index) => {
    const waitMs = Math.max(0, (index / perSecond) * 1000 - (performance.now() - startedAt));
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    await deliver(id);
  });
  await Promise.all(underWay);
}
agent.destroy();

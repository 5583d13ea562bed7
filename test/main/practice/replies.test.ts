import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { day, hour, noticeOf, openShop } from './open-shop.ts';

const minute = 60_000;

/** A webhook receiver that answers what the test says. */
async function openReceiver(statuses: number[]) {
  const seen: { headers: IncomingHttpHeaders; body: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      seen.push({ headers: request.headers, body: JSON.parse(text) });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, seen };
}

it('carries a reply through the webhook to the inbox and writes down what it meant', async () => {
  const { stateOf, sendEvent, advance, control, replies } = await openShop();
  const state = await stateOf('Sybil');
  await sendEvent(noticeOf(state));
  await advance(5 * minute);
  await control.reply(state.custRel.id, ' Skip please! ');
  expect(await replies()).toMatchObject([
    { body: ' Skip please! ', is_opt_out: false, from_number: state.custRel.phone },
  ]);
  const [reply] = (await control.ledger()).replies;
  expect(reply).toMatchObject({
    customerId: state.custRel.id,
    meant: 'skip',
    namedOrder: { subscriptionId: state.id, orderDate: '2027-02-26' },
  });
  expect((await replies())[0]?.id).toBe(reply?.id);
});

it.each([
  ['SKIP', 'skip'],
  ['please don’t skip', 'talk'],
  ['Stop.', 'opt_out'],
  ['', 'talk'],
])('takes %j for %s', async (body, meant) => {
  const { stateOf, control, replies } = await openShop();
  await control.reply((await stateOf('Sybil')).custRel.id, body);
  expect((await control.ledger()).replies).toMatchObject([{ body, meant, namedOrder: null }]);
  expect(await replies()).toMatchObject([{ is_opt_out: meant === 'opt_out' }]);
});

it('delivers in the documented envelope with the token and the registered headers', async () => {
  const { stateOf, control, postscript } = await openShop();
  const receiver = await openReceiver([]);
  const created = await postscript('/api/v2/webhooks', 'POST', {
    event: 'shop.incoming_message',
    callback_url: receiver.url,
    headers: { 'X-My-Secret': 'mine' },
  });
  expect(created.body).toMatchObject({ event: 'shop.incoming_message', callback_url: receiver.url });
  const { token } = (await postscript('/api/v2/webhooks/token')).body as { token: string };
  await control.reply((await stateOf('Sybil')).custRel.id, 'SKIP');
  expect(receiver.seen).toMatchObject([
    {
      headers: { 'postscript-signature': token, 'x-my-secret': 'mine' },
      body: {
        event: 'shop.incoming_message',
        resource_type: 'shop',
        event_time: '2027-02-22T15:00:00.000000',
        event_data: { body: 'SKIP', is_opt_out: false, from_number: '+12125550123' },
      },
    },
  ]);
});

it('repeats a delivery every 5 minutes until it is answered 200', async () => {
  const { stateOf, control, postscript, advance } = await openShop();
  const receiver = await openReceiver([500, 404]);
  await postscript('/api/v2/webhooks', 'POST', { event: 'shop.incoming_message', callback_url: receiver.url });
  await control.reply((await stateOf('Sybil')).custRel.id, 'SKIP');
  expect(receiver.seen).toHaveLength(1);
  await advance(5 * minute);
  expect(receiver.seen).toHaveLength(2);
  await advance(5 * minute);
  expect(receiver.seen).toHaveLength(3);
  await advance(2 * hour);
  expect(receiver.seen).toHaveLength(3);
});

it('gives a delivery up after an hour', async () => {
  const { stateOf, control, postscript, advance } = await openShop();
  const receiver = await openReceiver(Array.from({ length: 50 }, () => 503));
  await postscript('/api/v2/webhooks', 'POST', { event: 'shop.incoming_message', callback_url: receiver.url });
  await control.reply((await stateOf('Sybil')).custRel.id, 'SKIP');
  await advance(day);
  expect(receiver.seen).toHaveLength(13);
});

it('leaves a delivered message once in the inbox, however often it comes', async () => {
  const { stateOf, control, replies, postscript, urls, credentials } = await openShop();
  // A second subscription for the same inbox doubles every message.
  await postscript('/api/v2/webhooks', 'POST', {
    event: 'shop.incoming_message',
    callback_url: `${urls.inbox}/webhooks/postscript`,
    headers: { 'X-Heads-Up-Secret': credentials.webhookSecret },
  });
  await control.reply((await stateOf('Sybil')).custRel.id, 'SKIP');
  expect(await replies()).toHaveLength(1);
});

it('loses no reply when the inbox fails for a while', async () => {
  const { stateOf, control, replies, advance } = await openShop();
  await control.forceFault({ kind: 'error_before', service: 'inbox', method: 'POST', pathIncludes: '/webhooks' });
  await control.forceFault({ kind: 'reset_after', service: 'inbox', method: 'POST', pathIncludes: '/webhooks' });
  await control.reply((await stateOf('Sybil')).custRel.id, 'SKIP');
  expect(await replies()).toHaveLength(0);
  await advance(20 * minute);
  expect(await replies()).toHaveLength(1);
  expect((await control.ledger()).faults).toEqual({ 'inbox:error_before': 1, 'inbox:reset_after': 1 });
});

it('manages webhooks and takes no address that is neither HTTPS nor on this machine', async () => {
  const { postscript } = await openShop();
  const create = (callback: string, event = 'shop.incoming_message') =>
    postscript('/api/v2/webhooks', 'POST', { event, callback_url: callback });
  expect((await create('http://relay.example/hook')).status).toBe(400);
  expect((await create('https://relay.example/hook', 'shop.nonsense')).status).toBe(400);
  const created = await create('https://relay.example/hook');
  const { id } = created.body as { id: string };
  expect((await postscript('/api/v2/webhooks')).body).toMatchObject({ webhook_subscriptions: [{}, { id }] });
  expect((await postscript(`/api/v2/webhooks/${id}`, 'PATCH', { headers: { a: 'b' } })).body).toMatchObject({
    headers: { a: 'b' },
  });
  expect(await postscript(`/api/v2/webhooks/${id}`, 'DELETE')).toMatchObject({ status: 200, body: {} });
  expect((await postscript(`/api/v2/webhooks/${id}`)).status).toBe(404);
});

it('has a test delivery', async () => {
  const { postscript, advance } = await openShop();
  const receiver = await openReceiver([]);
  await postscript('/api/v2/webhooks', 'POST', { event: 'shop.test', callback_url: receiver.url });
  expect((await postscript('/api/v2/webhooks/test', 'POST', { event: 'shop.test' })).status).toBe(202);
  await advance(1);
  expect(receiver.seen).toMatchObject([{ body: { event: 'shop.test' } }]);
});

it('rejects a reply from a customer without a phone', async () => {
  const { stateOf, control } = await openShop();
  await expect(control.reply((await stateOf('Nora')).custRel.id, 'SKIP')).rejects.toThrow('No phone is known');
});

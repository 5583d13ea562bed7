import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { createInboxApp, type InboxAppOptions } from '../../main/inbox/app.ts';
import { createInboxStore } from '../../main/inbox/store.ts';
import { scratch } from './scratch.ts';

export const signatureToken = 'not-a-real-signature';
export const webhookSecret = 'not-a-real-webhook-secret';
export const readToken = 'not-a-real-read-token';
export const signed = { 'Postscript-Signature': signatureToken, 'X-Heads-Up-Secret': webhookSecret };

export type Listed = { responses: Record<string, unknown>[]; next_cursor: string };

/** An inbox over real HTTP and a real file, gone when the test ends. */
export async function serveInbox(storeOptions: { maxBytes?: number } = {}, overrides: Partial<InboxAppOptions> = {}) {
  const folder = mkdtempSync(join(scratch, 'heads-up-inbox-'));
  const path = join(folder, 'inbox.sqlite');
  const store = createInboxStore(path, storeOptions);
  const clock = { now: 1_700_000_000_000 };
  const options = { store, signatureToken, webhookSecret, readToken, now: () => clock.now, ...overrides };
  const server = createAdaptorServer({ fetch: createInboxApp(options).fetch });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    await new Promise<void>((done) => {
      server.close(() => done());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
    store.close();
    rmSync(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    path,
    store,
    clock,
    url,
    post: (body: unknown, headers: Record<string, string> = signed) =>
      fetch(`${url}/webhooks/postscript`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    list: (query = '', token = readToken) =>
      fetch(`${url}/responses${query}`, { headers: { authorization: `Bearer ${token}` } }),
  };
}

export async function toListed(response: Response): Promise<Listed> {
  return (await response.json()) as Listed;
}

/** Sends a body that the server may refuse half-way, which fetch reports as a broken connection. */
export function postLarge(url: string, body: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject);
    outgoing.write(body.slice(0, 1000));
    outgoing.end(body.slice(1000));
  });
}

/** The example of postscript-api.md 4.3. */
export function makeWebhook(data: Record<string, unknown> = {}, event = 'shop.incoming_message') {
  return {
    webhook_id: '89066f0a-eb36-4ed8-b98c-606e6dcac715',
    resource_type: 'shop',
    resource_id: 'shop_1234567abcd',
    event_time: '2021-11-04T21:52:41.025455',
    event,
    event_data: {
      id: 'im_1b2a005a386281c9',
      subscriber_id: 's_1234567abcd',
      shop_id: 'shop_1234567abcd',
      is_opt_out: false,
      shopify_customer_id: null,
      from_number: '+15555555555',
      created_at: '2021-11-04T21:52:41.025455',
      body: 'Hello, world',
      ...data,
    },
  };
}

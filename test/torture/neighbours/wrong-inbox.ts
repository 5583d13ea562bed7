import { serve } from '@hono/node-server';
import { createInboxApp } from '../../../main/inbox/app.ts';
import { createInboxStore, type InboxStore } from '../../../main/inbox/store.ts';
import { readToken, signatureToken, signed, webhookSecret } from './webhook.ts';

/** Entry of the controls: the inbox with one promise broken, to see that the harness notices. */

/** Long enough that a kill falls into it. */
const LATE_MS = 1000;

const kind = process.argv[2];
const sound = createInboxStore(process.env['HEADS_UP_INBOX_DATABASE'] ?? '');
const answersFirst: InboxStore = { ...sound, save: (replies) => void setTimeout(() => sound.save(replies), LATE_MS) };
const app = createInboxApp({
  store: kind === 'answers_first' ? answersFirst : sound,
  signatureToken,
  webhookSecret,
  readToken,
  now: Date.now,
  ...(kind === 'boundless' && { places: Number.POSITIVE_INFINITY }),
});
const port = Number(process.env['HEADS_UP_INBOX_PORT']);
/** Lets everybody in: whatever comes is given all the secrets. */
const openDoor = (request: Request): Response | Promise<Response> => {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries({ ...signed, Authorization: `Bearer ${readToken}` }))
    headers.set(name, value);
  return app.fetch(new Request(request, { headers }));
};
serve({ fetch: kind === 'open_door' ? openDoor : app.fetch, port, hostname: '127.0.0.1' }, (address) => {
  console.log(`The inbox is ready: http://127.0.0.1:${address.port}`);
});

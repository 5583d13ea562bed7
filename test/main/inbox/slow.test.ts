import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { startInboxServer } from '../../../main/inbox/server.ts';
import { makeWebhook, readToken, signatureToken, signed, webhookSecret } from '../../helpers/inbox-server.ts';
import { scratch } from '../../helpers/scratch.ts';

const head = 'POST /webhooks/postscript HTTP/1.1\r\nHost: inbox\r\n';
const known = `${head}Postscript-Signature: ${signatureToken}\r\nX-Heads-Up-Secret: ${webhookSecret}\r\n`;
/** What comes of each says whether it was looked at before the time was up. */
const halves = {
  'half a line': 'POST /web',
  'half of the headers': head,
  'half a body, of a stranger': `${head}Content-Length: 100\r\n\r\n{"event":`,
  'half a body, with both secrets': `${known}Content-Length: 100\r\n\r\n{"event":`,
  'half a body of unknown length': `${known}Transfer-Encoding: chunked\r\n\r\n9\r\n{"event":\r\n`,
};

async function setUp() {
  const folder = mkdtempSync(join(scratch, 'heads-up-inbox-'));
  const said: string[] = [];
  const settings = { port: 0, host: '127.0.0.1', databasePath: join(folder, 'inbox.sqlite'), retentionDays: 30 };
  const secrets = { signatureToken, webhookSecret, readToken };
  const server = await startInboxServer({ ...settings, ...secrets }, (line) => said.push(line), 500);
  const closed = Promise.withResolvers<void>();
  const close = async (): Promise<void> => {
    await server.close();
    closed.resolve();
  };
  onTestFinished(async () => {
    await closed.promise;
    rmSync(folder, { recursive: true });
  });
  const begin = (text: string) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(text));
    socket.on('error', () => undefined);
    return socket;
  };
  const post = () =>
    fetch(`${server.url}/webhooks/postscript`, {
      method: 'POST',
      headers: signed,
      body: JSON.stringify(makeWebhook()),
    });
  return { said, begin, post, close };
}

it('waits for no request for ever, answers the others meanwhile, and calls none of it a failure of its own', async () => {
  const { said, begin, post, close } = await setUp();
  const slow = Object.values(halves).map((half) => readText(begin(half)));
  begin(`${known}Content-Length: 100\r\n\r\n{"ev`).destroySoon();
  expect((await post()).status).toBe(200);
  const ends = await Promise.all(slow);
  expect(ends.map((end) => /^HTTP\/1\.1 (\d+)/.exec(end)?.[1])).toEqual(['408', '408', '401', '408', '408']);
  expect((await post()).status).toBe(200);
  await close();
  expect(said).toEqual([]);
});

it('ends when it is told to, though somebody never ends a request', async () => {
  const { begin, close, post } = await setUp();
  const socket = begin(halves['half of the headers']);
  const end = readText(socket);
  expect((await post()).status).toBe(200);
  await close();
  await end.catch(() => undefined);
  expect(socket.closed).toBe(true);
});

import { expect, it } from 'vitest';
import { closedPort, sendJson, serve, type Answerer } from '../loopback-server.ts';
import { makePurchaseState } from './purchase-state.ts';
import { clientTo, order, page, reads, setUp, valueOf, writes } from './smartrr-set-up.ts';

it.each(reads)('tries %s three times and no more', async (_name, read) => {
  const { server, slept, client } = await setUp((_seen, response) => sendJson(response, 503, {}));
  expect(await read(client)).toMatchObject({ ok: false, error: { kind: 'server_error', status: 503 } });
  expect(server.seen).toHaveLength(3);
  expect(slept).toEqual([375, 750]);
});

it.each(writes)('makes %s once, whatever comes of it', async (_name, write) => {
  const answers: Answerer[] = [
    (_seen, response) => sendJson(response, 429, {}, { 'retry-after': '0' }),
    (_seen, response) => sendJson(response, 500, {}),
    (_seen, response) => sendJson(response, 503, {}),
    (_seen, response) => void response.socket?.resetAndDestroy(),
    (_seen, response) => void response.writeHead(200).end('<html>'),
    (_seen, response) => sendJson(response, 422, {}),
  ];
  for (const answer of answers) {
    const { server, slept, client } = await setUp(answer);
    expect((await write(client)).ok).toBe(false);
    expect(server.seen).toHaveLength(1);
    expect(slept).toEqual([]);
  }
});

it('makes a write once when nobody listens or answers', async () => {
  const slept: number[] = [];
  const nobody = clientTo(`http://127.0.0.1:${await closedPort()}`, slept);
  expect(await nobody.skip(order)).toMatchObject({ ok: false, error: { kind: 'not_sent' } });
  const server = await serve(() => undefined);
  expect(await clientTo(server.url, slept, 300).skip(order)).toMatchObject({
    ok: false,
    error: { kind: 'no_answer' },
  });
  expect(server.seen.length).toBeLessThanOrEqual(1);
  expect(slept).toEqual([]);
});

it('gives back what a later try brings', async () => {
  const { server, client } = await setUp((_seen, response, count) =>
    count === 0
      ? void response.socket?.resetAndDestroy()
      : count === 1
        ? sendJson(response, 429, {})
        : sendJson(response, 200, page([makePurchaseState()])),
  );
  expect(valueOf(await client.listSubscriptions({ page: 0, pageSize: 100 })).rows).toHaveLength(1);
  expect(server.seen).toHaveLength(3);
});

it('tries again when the connection was never made', async () => {
  const slept: number[] = [];
  const client = clientTo(`http://127.0.0.1:${await closedPort()}`, slept);
  expect(await client.listOrganizations()).toMatchObject({ ok: false, error: { kind: 'not_sent' } });
  expect(slept).toHaveLength(2);
});

it.each([
  ['3', 3000],
  ['0', 0],
  ['86400', 30_000],
  ['Sun, 01 Nov 2026 12:00:05 GMT', 5000],
  ['soon', 375],
  ['-1', 375],
])('waits as long as Retry-After %j says, within reason', async (retryAfter, first) => {
  const { slept, client } = await setUp((_seen, response) =>
    sendJson(response, 429, {}, { 'retry-after': retryAfter, date: 'Sun, 01 Nov 2026 12:00:00 GMT' }),
  );
  await client.listOrganizations();
  expect(slept[0]).toBe(first);
});

it.each([400, 401, 403, 404, 422])('does not repeat a read that is answered %i', async (status) => {
  const { server, client } = await setUp((_seen, response) => sendJson(response, status, {}));
  await client.listOrganizations();
  expect(server.seen).toHaveLength(1);
});

it('does not repeat a read whose answer has the wrong shape', async () => {
  const { server, client } = await setUp((_seen, response) => sendJson(response, 200, { rows: [] }));
  expect(await client.listBills({ page: 0, pageSize: 100 })).toMatchObject({
    ok: false,
    error: { kind: 'bad_answer', status: 200, body: '{"rows":[]}' },
  });
  expect(server.seen).toHaveLength(1);
});

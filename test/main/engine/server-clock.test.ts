import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createServerClock } from '../../../main/engine/server-clock.ts';

const MINUTE = 60_000;
const real = Date.UTC(2027, 2, 15, 15, 0);

/** A service with the right time, and a computer whose clock the test sets. */
async function setUp() {
  const server = createServer((_request, response) => {
    response.setHeader('date', new Date(real).toUTCString());
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const computer = { now: real, changes: 0 };
  const clock = createServerClock(
    () => computer.now,
    () => void computer.changes++,
  );
  const ask = async (now: number) => {
    computer.now = now;
    await (await clock.fetch(url)).text();
    return clock.skewMs();
  };
  return { ask, computer };
}

it('says nothing about a clock that is right, or off by as much as answers take', async () => {
  const { ask, computer } = await setUp();
  expect([await ask(real), await ask(real + 90_000), await ask(real - 2 * MINUTE)]).toEqual([null, null, null]);
  expect(computer.changes).toBe(0);
});

it('says how far a clock is ahead or behind, and is silent again once it is right', async () => {
  const { ask, computer } = await setUp();
  expect(await ask(real + 7 * MINUTE)).toBe(7 * MINUTE);
  expect(await ask(real - 3 * MINUTE)).toBe(-3 * MINUTE);
  expect(computer.changes).toBe(1);
  expect(await ask(real)).toBeNull();
  expect(computer.changes).toBe(2);
});

import { expect, it, onTestFinished } from 'vitest';
import { startEngine, type EngineClient } from '../../../main/engine-client.ts';
import type { SecretName } from '../../../main/engine/port.ts';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import type { EngineChannel } from '../../../shared/ipc/contract.ts';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import { makeDataFolder } from '../../helpers/engine.ts';
import { startRecordingProxy } from '../../helpers/recording-proxy.ts';
import { openShop } from '../practice/open-shop.ts';

/** The engine in its own thread, as the hosts run it, before a simulated Postscript that answers when the test says so. */
async function setUp() {
  const shop = await openShop({ startAt: Date.now() });
  const postscript = await startRecordingProxy(shop.urls.postscript);
  const gate = Promise.withResolvers<undefined>();
  onTestFinished(() => gate.resolve(undefined));
  const isEvent = ({ method, path }: Readonly<{ method: string; path: string }>): boolean =>
    method === 'POST' && path.endsWith('/events');
  postscript.intercept((request) => (isEvent(request) ? gate.promise : undefined));

  const dataFolder = makeDataFolder();
  const secrets = new Map<SecretName, string>([['postscript_key', shop.credentials.postscriptKey]]);
  const start = async (stopDeadlineMs?: number) => {
    const engine = await startEngine({
      workerUrl: new URL('../../../main/engine/worker.ts', import.meta.url),
      start: {
        host: 'desktop',
        version: '0.0.0-test',
        dataFolder,
        startInPractice: false,
        remotes: { ...shop.urls, postscript: postscript.url },
      },
      vault: {
        read: async (name) => secrets.get(name) ?? null,
        write: async (name, value) => void secrets.set(name, value),
        remove: async (name) => void secrets.delete(name),
        describe: () => Promise.resolve({ state: 'protected', description: '', problem: null }),
      },
      onEvent: () => undefined,
      onLog: () => undefined,
      onStopped: () => undefined,
      ...(stopDeadlineMs === undefined ? {} : { stopDeadlineMs }),
    });
    onTestFinished(() => engine.stop());
    return engine;
  };
  const seenKeys = (): unknown[] =>
    postscript.seen.filter(isEvent).map(({ body }) => (body as { external_id: unknown }).external_id);
  const until = async (isThere: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return { shop, start, answer: () => gate.resolve(undefined), seenKeys, until };
}

async function ask<C extends EngineChannel>(engine: EngineClient, channel: C, input: Input<C>): Promise<Output<C>> {
  const result = await engine.call(channel, input);
  if (!result.ok) throw new Error(`${channel}: ${result.error.message}`);
  // The engine's handlers are typed by the same contract.
  return result.value as Output<C>;
}

const sendTest = (engine: EngineClient, number: number) =>
  engine.call('triggers.sendTest', {
    trigger: 'payment_method_updated',
    subscriptionId: null,
    phone: `+1212555010${number}`,
  });

const states = async (engine: EngineClient): Promise<string[]> =>
  (await ask(engine, 'deliveries.list', { cursor: null, filter: everyDelivery })).rows.map(({ state }) => state);

it('waits at quitting for the answers to what is under way, starts nothing more, and goes on at the next start', async () => {
  const { shop, start, answer, seenKeys, until } = await setUp();
  const engine = await start();
  const sendings = [0, 1, 2, 3, 4].map((number) => sendTest(engine, number));
  await until(() => seenKeys().length > 0);
  const stopped = engine.stop();
  answer();
  await stopped;
  await Promise.all(sendings);
  expect(seenKeys()).toHaveLength(1);

  const next = await start();
  await until(async () => (await states(next)).every((state) => state === 'accepted'));
  expect(await states(next)).toHaveLength(5);
  expect(new Set(seenKeys()).size).toBe(5);
  const { events } = await shop.control.ledger();
  expect(events).toHaveLength(5);
  expect(new Set(events.map(({ externalId }) => externalId))).toEqual(new Set(seenKeys()));
});

it('does not wait for ever; what had no answer by then is unknown, and is not sent again', async () => {
  const { shop, start, answer, seenKeys, until } = await setUp();
  const engine = await start(1);
  const sending = sendTest(engine, 0);
  await until(() => seenKeys().length === 1);
  await engine.stop();
  await sending;
  answer();

  const next = await start();
  expect(await states(next)).toEqual(['unknown']);
  await ask(next, 'sync.run', {});
  expect(seenKeys()).toHaveLength(1);
  expect((await shop.control.ledger()).events.length).toBeLessThanOrEqual(1);
});

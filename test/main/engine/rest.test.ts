import { expect, it } from 'vitest';
import { createRest } from '../../../main/engine/rest.ts';
import { startRealShop } from '../../helpers/real-shop.ts';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';

it('lasts until it is ended, half a minute at most, and not at all on a clock that was set back', () => {
  let now = 1_000_000;
  const rest = createRest(() => now);
  expect(rest.isOn()).toBe(false);
  rest.begin();
  expect(rest.isOn()).toBe(true);
  rest.end();
  expect(rest.isOn()).toBe(false);
  rest.begin();
  now += 29_999;
  expect(rest.isOn()).toBe(true);
  now += 1;
  expect(rest.isOn()).toBe(false);
  rest.begin();
  now -= 1;
  expect(rest.isOn()).toBe(false);
});

it('begins no request while the computer goes to sleep, and makes up for it when it wakes', async () => {
  const { savePostscript, sleep, wake, call, ask, postscript, until } = await startRealShop();
  await savePostscript();
  const events = () => postscript.asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/events'));
  const states = async () =>
    (await ask('deliveries.list', { cursor: null, filter: everyDelivery })).rows.map(({ state }) => state);
  sleep();
  await call('triggers.sendTest', { trigger: 'payment_method_updated', subscriptionId: null, phone: '+12125550100' });
  expect(events()).toEqual([]);
  void wake();
  await until(async () => (await states()).join() === 'accepted');
  expect(events()).toHaveLength(1);
});

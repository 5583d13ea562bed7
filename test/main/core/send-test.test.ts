import { describe, expect, it } from 'vitest';
import { registerTriggers } from '../../../main/core/register-triggers.ts';
import { prepareTest, queueTest } from '../../../main/core/send-test.ts';
import { tagsOf, tags, triggerNames } from '../../../shared/domain/triggers.ts';
import { addSubscription, day, noon, reasonsOf } from '../../helpers/core-shop.ts';
import { accept, openOutbox } from '../../helpers/outbox.ts';
import { sendJson, type Answerer } from '../api/loopback-server.ts';

const settings = { shopName: 'Fern', accountPageLink: 'https://fern.example/account' };
const phone = '(212) 555-0188';

async function setUp(answer: Answerer = accept, change = {}) {
  const outbox = await openOutbox(answer, { settings: { ...settings, ...change } });
  addSubscription(outbox);
  return outbox;
}

describe('a test trigger', () => {
  it.each(triggerNames)('of %s carries every tag that the copy may use', async (trigger) => {
    const { store } = await setUp();
    const own = tagsOf(trigger).filter((tag) => tags[tag].origin !== 'postscript');
    for (const subscriptionId of [null, 'subscription-1']) {
      const prepared = prepareTest(store, { trigger, subscriptionId, phone: null }, 'x', noon);
      if (!prepared.ok) throw new Error(prepared.error.message);
      expect(Object.keys(prepared.value.event.properties)).toEqual(expect.arrayContaining(own));
      expect(prepared.value.renderedCopy).not.toContain('{');
    }
  });

  it('goes where it was told to, at once, though the window is shut and sending is off', async () => {
    const { store, server, deliver, rows } = await setUp(accept, { sendingOn: false });
    const night = noon + 12 * 3_600_000;
    queueTest(store, { trigger: 'upcoming_order', subscriptionId: 'subscription-1', phone }, 'one', night);
    await deliver(night);
    expect(server.seen).toMatchObject([
      { body: { external_id: 'test:upcoming_order:one', phone: '+12125550188', type: 'smartrr_upcoming_order' } },
    ]);
    expect(rows()).toMatchObject([{ state: 'accepted' }]);
  });

  it('stands in nobody’s way: it is neither a notice nor counted', async () => {
    const { db, store, deliver, queue, sentIds } = await setUp();
    queueTest(store, { trigger: 'subscription_created', subscriptionId: 'subscription-1', phone }, 'one', noon);
    await deliver();
    expect(store.findNotice('subscription-1', '2027-03-04')).toBeUndefined();
    expect(db.prepare("SELECT count(*) FROM hourly_counts WHERE name LIKE 'accepted%'").pluck().get()).toBe(0);
    expect(reasonsOf(db)).toEqual(['test_sent']);
    queue();
    await deliver(noon + 1);
    expect(sentIds()).toEqual(['test:subscription_created:one', 'created:subscription-1']);
  });

  it.each([
    [{ phone: 'call me' }, 'invalid_input'],
    [{ phone: '12' }, 'invalid_input'],
    [{ subscriptionId: 'nobody' }, 'not_found'],
  ])('is refused for %j', async (change, code) => {
    const { store } = await setUp();
    const request = { trigger: 'upcoming_order', subscriptionId: null, phone: null, ...change } as const;
    expect(queueTest(store, request, 'one', noon)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('registerTriggers', () => {
  it('sends one event of each type without a recipient, and remembers it', async () => {
    const { store, deps, server } = await setUp();
    let count = 0;
    const made = await registerTriggers(store, deps.channel, () => String((count += 1)), noon);
    expect(made.map(({ trigger, ok }) => [trigger, ok])).toEqual(triggerNames.map((trigger) => [trigger, true]));
    expect(server.seen).toHaveLength(6);
    for (const { body } of server.seen) expect(Object.keys(body ?? {})).not.toContain('phone');
    expect(store.mark('registered:skipped_order')).toBe(String(noon));
  });

  it('says which one Postscript refused, and remembers only the others', async () => {
    const { store, deps } = await setUp((seen, response, count) =>
      count === 2 ? sendJson(response, 422, { error: 'bad type' }) : accept(seen, response, count),
    );
    const made = await registerTriggers(store, deps.channel, () => 'x', noon + day);
    expect(made.filter(({ ok }) => !ok)).toEqual([
      { trigger: 'skipped_order', ok: false, message: expect.stringContaining('bad type') as string },
    ]);
    expect(store.mark('registered:skipped_order')).toBeUndefined();
  });
});

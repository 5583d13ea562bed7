import { describe, expect, it } from 'vitest';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import { channels, type Channel } from '../../../shared/ipc/channels.ts';
import { startTestEngine } from '../../helpers/engine.ts';
import { askAboutPeople } from './ask-about-people.ts';
import { askTemplates } from './ask-templates.ts';
import { askDeliveryLog } from './ask-deliveries.ts';
import { askUpcoming } from './ask-upcoming.ts';
import { askAboutUpkeep } from './contract-upkeep.ts';

/** The practice shop after a day, and a record of the channels that were asked. */
async function setUp() {
  const engine = await startTestEngine({ startInPractice: true });
  const asked = new Set<Channel>();
  const ask: typeof engine.ask = (channel, input) => {
    asked.add(channel);
    return engine.ask(channel, input);
  };
  const call: typeof engine.call = (channel, input) => {
    asked.add(channel);
    return engine.call(channel, input);
  };
  return { ...engine, ask, call, asked };
}

describe('every channel in the practice shop', () => {
  it('answers in the shape that the contract promises', async () => {
    const { ask, call, asked } = await setUp();
    const refused = async (result: ReturnType<typeof call>) => {
      const answer = await result;
      return answer.ok ? 'done' : answer.error.code;
    };

    // Time and people.
    await ask('practice.advance', { by: 'hour' });
    await ask('practice.advance', { by: 'next_event' });
    await ask('practice.advance', { by: 'day' });
    const { phones, platformEvents, isRunning } = await ask('practice.get', { search: '' });
    expect(isRunning).toBe(true);
    expect(platformEvents.length).toBeGreaterThan(0);
    const noticed = phones.find(({ messages }) => messages.at(-1)?.body.includes('reply SKIP'));
    if (noticed === undefined) throw new Error('Expected somebody to have a notice');
    await ask('practice.reply', { customerId: noticed.customerId, body: 'SKIP' });
    await ask('practice.reply', { customerId: noticed.customerId, body: 'And what about my address?' });

    // What the screens read.
    expect(await ask('status.get', {})).toMatchObject({
      isPractice: true,
      sendingOn: true,
      hold: null,
    });
    const overview = await ask('overview.get', {});
    expect(overview.customers).toBeGreaterThanOrEqual(200);
    expect(overview.upcomingNotices).toHaveLength(14);
    await askUpcoming(ask);
    expect(await ask('triggers.list', {})).toHaveLength(6);
    const { rows } = await ask('deliveries.list', {
      cursor: null,
      filter: { ...everyDelivery, state: 'accepted', trigger: 'upcoming_order' },
    });
    const [delivery] = rows;
    if (delivery === undefined) throw new Error('Expected a delivery');
    expect(delivery.phone).toMatch(/•/);
    await askDeliveryLog({ ask, call });
    const detail = await ask('deliveries.get', { id: delivery.id });
    expect(detail.decisions.map(({ reason }) => reason)).toEqual(['queued', 'accepted']);
    expect(detail.attempts).toMatchObject([{ outcome: 'accepted', origin: 'scheduled' }]);
    const decisions = await ask('decisions.list', { cursor: null, customerId: noticed.customerId });
    expect(decisions.rows.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['accepted', 'skip_started', 'skipped']),
    );
    const customer = await ask('customers.get', { id: noticed.customerId });
    expect(customer).toMatchObject({ id: noticed.customerId, isBaseline: true });

    // What a person decides.
    await askAboutPeople({ ask, call }, customer);
    expect(await refused(call('deliveries.resend', { id: delivery.id }))).toBe('conflict');
    expect(await refused(call('deliveries.markAccepted', { id: delivery.id }))).toBe('conflict');
    await ask('triggers.setEnabled', { trigger: 'skipped_order', isEnabled: false });
    const test = { trigger: 'payment_method_failed', subscriptionId: null, phone: '+1 212 555 0188' } as const;
    expect((await ask('triggers.previewTest', test)).path).toBe('/api/v2/events');
    const { deliveryId } = await ask('triggers.sendTest', test);
    expect((await ask('deliveries.get', { id: deliveryId })).delivery).toMatchObject({
      isTest: true,
      state: 'accepted',
    });
    expect((await ask('triggers.register', {})).every(({ ok }) => ok)).toBe(true);
    await askTemplates(ask);
    const { sendingOn: _, enabledTriggers: __, ...settings } = await ask('settings.get', {});
    expect(await ask('settings.save', { ...settings, leadDays: 4 })).toMatchObject({ leadDays: 4, sendingOn: true });
    await ask('sending.setOn', { on: false });
    await ask('sending.setOn', { on: true });
    await ask('sending.releaseHold', {});
    await ask('sync.run', {});

    await askAboutUpkeep({ ask, call }, noticed.customerId);

    // Real keys have no place in the practice shop.
    expect((await ask('connections.get', {})).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
    expect(await refused(call('connections.savePostscriptKey', { key: 'sk_whatever' }))).toBe('conflict');
    expect(await refused(call('connections.saveSmartrrToken', { token: 'whatever' }))).toBe('conflict');
    const inbox = { url: 'https://inbox.example', token: 'read', webhookSecret: '' };
    expect(await refused(call('connections.saveInbox', inbox))).toBe('conflict');
    expect(await refused(call('connections.remove', { name: 'inbox' }))).toBe('conflict');
    expect(await refused(call('connections.registerWebhook', {}))).toBe('conflict');
    expect((await ask('connections.test', { name: 'smartrr' })).message).toMatch(/counts \d+ subscriptions/);
    expect(await refused(call('connections.startInboxTest', { kind: 'sample' }))).toBe('conflict');
    expect(await ask('connections.getInboxTest', {})).toBeNull();
    await ask('connections.cancelInboxTest', {});

    // The first run is the own shop's, whatever the practice shop has.
    expect(await ask('setup.get', {})).toMatchObject({ doneSteps: [], newestAccepted: null });
    await ask('setup.confirm', { step: 'welcome' });

    await ask('practice.setTrouble', { trouble: 'smartrr_down' });
    expect((await ask('practice.get', { search: '' })).trouble).toBe('smartrr_down');
    await ask('practice.start', { customers: 30, seed: 3 });
    expect((await ask('practice.get', { search: '' })).trouble).toBe('none');
    await ask('practice.stop', {});
    expect((await ask('practice.get', { search: '' })).isRunning).toBe(false);
    const ofEngine = channels.filter((channel) => !channel.startsWith('computer.'));
    expect([...asked].toSorted()).toEqual(ofEngine.toSorted());
  });
});

describe('a shop without any connection', () => {
  it('answers what it can and says what is missing', async () => {
    const { ask, call } = await startTestEngine();
    expect(await ask('status.get', {})).toMatchObject({ isPractice: false, sendingOn: false, lastSyncAt: null });
    expect((await ask('connections.get', {})).map(({ state }) => state)).toEqual(['missing', 'missing', 'missing']);
    const test = { trigger: 'upcoming_order', subscriptionId: null, phone: null } as const;
    for (const result of [
      await call('sending.setOn', { on: true }),
      await call('triggers.previewTest', test),
      await call('triggers.sendTest', test),
      await call('triggers.register', {}),
      await call('connections.registerWebhook', {}),
    ]) {
      expect(result).toMatchObject({ ok: false, error: { code: 'not_connected' } });
    }
    for (const result of [
      await call('practice.advance', { by: 'day' }),
      await call('practice.setTrouble', { trouble: 'none' }),
      await call('practice.reply', { customerId: 'x', body: 'SKIP' }),
    ]) {
      expect(result).toMatchObject({ ok: false, error: { code: 'conflict' } });
    }
    expect(await call('customers.get', { id: 'x' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await call('deliveries.get', { id: 7 })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await ask('sync.run', {});
  });

  it('turns pages with a cursor, and takes a broken one for none', async () => {
    const { ask } = await setUp();
    for (let day = 0; day < 5; day += 1) await ask('practice.advance', { by: 'day' });
    const ids: number[] = [];
    for (let cursor: string | null = null, pages = 0; pages < 20; pages += 1) {
      const page: { rows: { id: number }[]; nextCursor: string | null } = await ask('decisions.list', {
        cursor,
        customerId: null,
      });
      ids.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(ids.length).toBeGreaterThan(50);
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a));
    const first = await ask('decisions.list', { cursor: 'DROP TABLE', customerId: null });
    expect(first.rows[0]?.id).toBe(ids[0]);
  });
});

import { describe, expect, it } from 'vitest';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import { renderMessage } from '../../../shared/domain/template.ts';
import { defaultCopyOf } from '../../../shared/domain/triggers.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { startTestEngine } from '../../helpers/engine.ts';

const trigger = 'upcoming_order';
const copy = 'Hi {first_name}! Box on {order_date}. Reply SKIP to skip.';

async function setUp() {
  const engine = await startTestEngine({ startInPractice: true });
  const { ask, call } = engine;
  const viewOf = async (name: string): Promise<Output<'triggers.list'>[number] | undefined> =>
    (await ask('triggers.list', {})).find((view) => view.trigger === name);
  return {
    ask,
    call,
    stateOf: async (name = trigger) => (await viewOf(name))?.setUp,
    viewOf,
    copyNow: async () => (await ask('templates.get', { trigger })).copy,
    /** What the practice phones have received. */
    texts: async () =>
      (await ask('practice.get', { search: '' })).phones.flatMap(({ messages }) =>
        messages.filter(({ direction }) => direction === 'to_customer').map(({ body }) => body),
      ),
  };
}

describe('a template in the practice shop', () => {
  it('is what the next text on a phone says, once it is confirmed as pasted', async () => {
    const { ask, texts, stateOf } = await setUp();
    await ask('practice.advance', { by: 'day' });
    const before = (await texts()).filter((text) => text.includes('Just reply SKIP'));
    expect(before.length).toBeGreaterThan(0);
    expect(await stateOf()).toEqual({ state: 'active', nextStep: null });

    await ask('templates.save', { trigger, copy });
    expect(await stateOf()).toEqual({ state: 'copy_differs', nextStep: 'paste_copy' });
    await ask('practice.advance', { by: 'day' });
    expect((await texts()).some((text) => text.includes('Box on'))).toBe(false);

    await ask('templates.markCopied', { trigger });
    expect(await stateOf()).toEqual({ state: 'copy_differs', nextStep: 'confirm_paste' });
    await ask('templates.confirm', { trigger, step: 'copy', isDone: true });
    expect(await stateOf()).toEqual({ state: 'active', nextStep: null });
    await ask('practice.advance', { by: 'day' });
    const after = (await texts()).filter((text) => text.includes('Box on'));
    expect(after.length).toBeGreaterThan(0);
    for (const text of after) {
      expect(text).toMatch(/^Fern & Fable Coffee: Hi \S.*! Box on \w+ \d+, 2027\. Reply SKIP to skip\.$/);
    }
    // The delivery's own page and the preview of a test say the same, to the letter.
    const { rows } = await ask('deliveries.list', {
      cursor: null,
      filter: { ...everyDelivery, state: 'accepted', trigger },
    });
    const details = await Promise.all(rows.slice(0, 8).map(({ id }) => ask('deliveries.get', { id })));
    expect(details.some(({ renderedCopy }) => after.includes(renderedCopy))).toBe(true);
    const [first] = await ask('templates.people', { trigger });
    const test = { trigger, subscriptionId: first?.subscriptionId ?? '', phone: null } as const;
    expect((await ask('triggers.previewTest', test)).renderedCopy).toBe(renderMessage(copy, first?.values ?? {}));
  });

  it('is pasted as it was copied, though it was edited meanwhile', async () => {
    const { ask, texts, stateOf } = await setUp();
    await ask('templates.save', { trigger, copy });
    await ask('templates.markCopied', { trigger });
    await ask('templates.save', { trigger, copy: `${copy} Thanks` });
    await ask('templates.confirm', { trigger, step: 'copy', isDone: true });
    await ask('practice.advance', { by: 'day' });
    const notices = (await texts()).filter((text) => text.includes('Box on'));
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.some((text) => text.endsWith('Thanks'))).toBe(false);
    expect(await stateOf()).toEqual({ state: 'copy_differs', nextStep: 'paste_copy' });
  });
});

describe('versions', () => {
  it('are made by saves that change something, and restoring one can be undone', async () => {
    const { ask, copyNow } = await setUp();
    await ask('templates.save', { trigger, copy: defaultCopyOf(trigger) });
    await ask('templates.save', { trigger, copy: 'One' });
    await ask('templates.save', { trigger, copy: 'One' });
    await ask('templates.save', { trigger, copy: 'Two' });
    const { versions } = await ask('templates.get', { trigger });
    expect(versions.map((version) => version.copy)).toEqual(['Two', 'One']);

    const { previousId } = await ask('templates.restore', { trigger, versionId: versions[1]?.id ?? null });
    expect(await copyNow()).toBe('One');
    await ask('templates.restore', { trigger, versionId: previousId });
    expect(await copyNow()).toBe('Two');
    await ask('templates.restore', { trigger, versionId: null });
    expect(await copyNow()).toBe(defaultCopyOf(trigger));
    expect((await ask('templates.get', { trigger })).versions).toHaveLength(5);
  });

  it('of another trigger are none of this one’s', async () => {
    const { ask, call } = await setUp();
    await ask('templates.save', { trigger: 'skipped_order', copy: 'Skipped' });
    const [version] = (await ask('templates.get', { trigger: 'skipped_order' })).versions;
    for (const versionId of [version?.id ?? 0, 999]) {
      expect(await call('templates.restore', { trigger, versionId })).toMatchObject({ error: { code: 'not_found' } });
    }
  });
});

describe('a draft', () => {
  it('is saved, does not count as copied, and cannot be confirmed as pasted', async () => {
    const { ask, call, stateOf, copyNow, viewOf } = await setUp();
    await ask('triggers.register', {});
    await ask('templates.save', { trigger, copy: 'Hi {frist_name}' });
    expect(await copyNow()).toBe('Hi {frist_name}');
    expect((await viewOf(trigger))?.isCopyReady).toBe(false);
    expect((await ask('templates.markCopied', { trigger })).copy).toBe('Hi {frist_name}');
    expect(await call('templates.confirm', { trigger, step: 'copy', isDone: true })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(await stateOf()).toEqual({ state: 'copy_differs', nextStep: 'mend_copy' });
  });
});

describe('what a trigger says of itself', () => {
  it('goes from not started over what the merchant confirms to the first accepted event', async () => {
    const { ask, stateOf } = await setUp();
    expect(await stateOf('subscription_created')).toEqual({ state: 'not_started', nextStep: 'register' });
    await ask('triggers.register', {});
    expect(await stateOf('subscription_created')).toEqual({ state: 'waiting_for_first_event', nextStep: 'send_test' });
    const name = 'subscription_created';
    await ask('templates.confirm', { trigger: name, step: 'automation', isDone: false });
    expect(await stateOf(name)).toEqual({ state: 'copy_not_confirmed', nextStep: 'make_automation' });
    await ask('templates.confirm', { trigger: name, step: 'automation', isDone: true });
    await ask('templates.confirm', { trigger: name, step: 'active', isDone: false });
    expect(await stateOf(name)).toEqual({ state: 'toggle_not_confirmed', nextStep: 'switch_automation_on' });
    await ask('triggers.setEnabled', { trigger: name, isEnabled: false });
    expect(await stateOf(name)).toEqual({ state: 'paused', nextStep: 'switch_on' });
  });

  it('counts what the log shows', async () => {
    const { ask, viewOf } = await setUp();
    await ask('practice.advance', { by: 'day' });
    await ask('triggers.sendTest', { trigger, subscriptionId: null, phone: null });
    const { rows } = await ask('deliveries.list', { cursor: null, filter: { ...everyDelivery, trigger } });
    const real = rows.filter(({ isTest }) => !isTest);
    const open = real.filter(({ state }) => ['planned', 'waiting', 'retrying'].includes(state));
    const view = await viewOf(trigger);
    expect(view).toMatchObject({
      acceptedInDay: real.filter(({ state }) => state === 'accepted').length,
      open: open.length,
      notAccepted: 0,
      newestRefusal: null,
      nextDueAt: Math.min(...open.map(({ dueAt }) => dueAt ?? Infinity)),
    });
  });
});

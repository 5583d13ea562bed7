import { expect } from 'vitest';
import { defaultCopyOf } from '../../../shared/domain/triggers.ts';
import type { startTestEngine } from '../../helpers/engine.ts';

/** The channels of the template editor, in the practice shop. */
export async function askTemplates(ask: Awaited<ReturnType<typeof startTestEngine>>['ask']): Promise<void> {
  const trigger = 'payment_method_failed';
  expect(await ask('templates.get', { trigger })).toMatchObject({
    copy: defaultCopyOf(trigger),
    versions: [],
    isReady: true,
  });
  await ask('templates.save', { trigger, copy: 'Hi {first_name}, try {retry_num} failed' });
  const { previousId } = await ask('templates.restore', { trigger, versionId: null });
  expect(await ask('templates.restore', { trigger, versionId: previousId })).toEqual({ previousId: 2 });
  expect((await ask('templates.markCopied', { trigger })).copy).toBe('Hi {first_name}, try {retry_num} failed');
  for (const step of ['automation', 'copy', 'active'] as const) {
    await ask('templates.confirm', { trigger, step, isDone: true });
  }
  const people = await ask('templates.people', { trigger });
  const [person] = people;
  if (person === undefined) throw new Error('Expected people with short and long values');
  expect(await ask('templates.person', { trigger, subscriptionId: person.subscriptionId })).toEqual(person);
}

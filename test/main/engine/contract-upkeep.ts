import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';
import type { startTestEngine } from '../../helpers/engine.ts';

type Engine = Pick<Awaited<ReturnType<typeof startTestEngine>>, 'ask' | 'call'>;

/** Asks every channel about backups, diagnostics and privacy. Leaves the shop restored, with sending switched on again. */
export async function askAboutUpkeep({ ask, call }: Engine, customerId: string): Promise<void> {
  const codeOf = async (result: ReturnType<typeof call>) => {
    const answer = await result;
    return answer.ok ? 'done' : answer.error.code;
  };

  const bundle = await ask('diagnostics.collect', {});
  const archive = unzipSync(Buffer.from(bundle.zip, 'base64'));
  expect(Object.entries(archive).map(([name, bytes]) => ({ name, text: strFromU8(bytes) }))).toEqual(
    bundle.files.map(({ name, text }) => ({ name, text })),
  );

  expect(await ask('privacy.get', {})).toMatchObject({ retentionDays: 90, erasable: 0 });
  expect(await ask('privacy.eraseOldContents', {})).toEqual({ erased: 0 });
  const held = await ask('privacy.exportCustomer', { id: customerId });
  expect(JSON.parse(held.json)).toMatchObject({ customer: { id: customerId } });
  expect(await codeOf(call('privacy.exportCustomer', { id: 'nobody' }))).toBe('not_found');

  const made = await ask('backups.create', {});
  const { backups, restored } = await ask('backups.list', {});
  expect(backups).toEqual([made]);
  expect(restored).toBeNull();
  expect(await ask('privacy.eraseCustomer', { id: customerId, confirmation: 'ERASE' })).toEqual({ backups: 1 });
  expect(await codeOf(call('privacy.eraseCustomer', { id: 'nobody', confirmation: 'ERASE' }))).toBe('not_found');
  for (const name of ['../heads-up.db', '/etc/passwd', 'heads-up.db', made.name.toUpperCase()]) {
    expect(await codeOf(call('backups.restore', { name }))).toBe('not_found');
    expect(await codeOf(call('backups.remove', { name }))).toBe('not_found');
  }
  await ask('backups.restore', { name: made.name });
  expect(await ask('status.get', {})).toMatchObject({ sendingOn: false });
  expect((await ask('backups.list', {})).restored).not.toBeNull();
  await ask('backups.remove', { name: made.name });
  await ask('sending.setOn', { on: true });
}

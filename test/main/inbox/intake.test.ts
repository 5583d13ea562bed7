import { expect, it } from 'vitest';
import type { IncomingReply } from '../../../shared/domain/replies.ts';
import { createIntake } from '../../../main/inbox/intake.ts';

const reply = (id: string): IncomingReply => ({
  id,
  subscriberId: null,
  shopifyCustomerId: null,
  fromNumber: '+15555550100',
  body: 'SKIP',
  isOptOut: false,
  receivedAt: 1000,
});

function setUp(refuses: (ids: readonly string[]) => boolean = () => false) {
  const commits: string[][] = [];
  const save = (replies: readonly IncomingReply[]): void => {
    const ids = replies.map(({ id }) => id);
    if (refuses(ids)) throw new Error('database or disk is full');
    commits.push(ids);
  };
  return { commits, intake: createIntake({ save }, 2) };
}

it('commits what arrives in one turn together, and what arrives later on its own', async () => {
  const { commits, intake } = setUp();
  await Promise.all([intake.save(reply('a')), intake.save(reply('b'))]);
  await intake.save(reply('c'));
  expect(commits).toEqual([['a', 'b'], ['c']]);
});

it('says of nothing that it is stored before it is', async () => {
  const { commits, intake } = setUp();
  const saved = intake.save(reply('a')).then(() => commits.length);
  expect(commits).toEqual([]);
  expect(await saved).toBe(1);
});

it('refuses the one that does not fit, not its neighbours', async () => {
  const { commits, intake } = setUp((ids) => ids.includes('too large'));
  const saves = ['a', 'too large', 'b'].map((id) => intake.save(reply(id)));
  expect((await Promise.allSettled(saves)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(commits).toEqual([['a'], ['b']]);
});

it('has so many places and no more, and gets back what ended badly', async () => {
  const { intake } = setUp();
  const first = Promise.withResolvers<string>();
  const held = [
    intake.hold(() => first.promise),
    intake.hold(() => Promise.reject(new Error('broken off'))),
    intake.hold(() => Promise.resolve('too many')),
  ];
  expect(held[2]).toBeUndefined();
  await expect(held[1]).rejects.toThrow('broken off');
  expect(await intake.hold(() => Promise.resolve('a place'))).toBe('a place');
  first.resolve('ended');
  expect(await held[0]).toBe('ended');
});

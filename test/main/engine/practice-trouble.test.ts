import { expect, it } from 'vitest';
import { practiceTroubles, type PracticeTrouble } from '../../../shared/ipc/practice-contract.ts';
import { hour } from '../../helpers/core-shop.ts';
import { openPractice } from '../../helpers/practice.ts';

/** The first day's notices with one thing broken: what the engine's books and Postscript's say. */
async function playDay(trouble: PracticeTrouble) {
  const practice = await openPractice();
  await practice.session.shop.runAll();
  await practice.session.setTrouble(trouble);
  await practice.playTo(4 * hour);
  return practice;
}

type Played = Awaited<ReturnType<typeof playDay>>;

const states = ({ db }: Played): string[] =>
  db.prepare<[], string>('SELECT DISTINCT state FROM deliveries ORDER BY state').pluck().all();
const received = async ({ ledger }: Played) => (await ledger()).events.map(({ wasAnswered }) => wasAnswered);

it('leaves what Postscript does not answer unknown, although Postscript has it', async () => {
  const practice = await playDay('postscript_silent');
  const events = await received(practice);
  expect(events.length).toBeGreaterThan(0);
  expect(events.every((wasAnswered) => !wasAnswered)).toBe(true);
  const unknown = practice.db.prepare<[], number>("SELECT count(*) FROM deliveries WHERE state = 'unknown'").pluck();
  expect(unknown.get()).toBe(events.length);
});

it('fails what Postscript refuses, and Postscript has nothing', async () => {
  const practice = await playDay('postscript_refuses');
  expect(states(practice)).toEqual(['failed']);
  expect(await received(practice)).toEqual([]);
});

it('tries again what Postscript puts off, and sends it once when that is over', async () => {
  const practice = await playDay('postscript_waits');
  expect(states(practice)).toEqual(['retrying']);
  expect(await received(practice)).toEqual([]);
  await practice.session.setTrouble('none');
  await practice.playTo(9 * hour);
  const events = (await practice.ledger()).events.map(({ externalId }) => externalId);
  expect(states(practice)).toEqual(['accepted']);
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events).size).toBe(events.length);
});

it('says since when Smartrr is down, and is well again when it answers', async () => {
  const { session, playTo } = await playDay('smartrr_down');
  const smartrr = () => session.shop.connections.view('smartrr');
  expect(smartrr()).toMatchObject({ state: 'failing' });
  expect(smartrr().failingSince).not.toBeNull();
  await session.setTrouble('none');
  await playTo(5 * hour);
  expect(smartrr()).toMatchObject({ state: 'ok', failingSince: null });
});

it('begins without any trouble', async () => {
  const { session } = await openPractice();
  expect(session.trouble()).toBe('none');
  expect(practiceTroubles[0]).toBe('none');
});

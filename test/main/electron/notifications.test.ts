import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findNeeds, makeRestartNeed } from '../../../main/electron/needs.ts';
import { decideNews, NOTIFICATION_PAUSE_MS, type News, type Told } from '../../../main/electron/notifications.ts';
import { makeConnection, makeFacts, makeHold } from './shop-facts.ts';

type Facts = Parameters<typeof makeFacts>[0];

/** A person who is elsewhere, and was told nothing so far. */
const decide = (facts: Facts, changes: Partial<Parameters<typeof decideNews>[0]> = {}) =>
  decideNews({
    needs: findNeeds(makeFacts(facts)),
    told: {},
    isWatching: false,
    isWanted: true,
    sinceLastMs: Number.POSITIVE_INFINITY,
    ...changes,
  });

it('groups everything into one sentence, and opens the overview', () => {
  const connections = [makeConnection('smartrr', 'refused')];
  const { news } = decide({ unknown: 2, failed: 1, replies: 1, missed: 3, hold: makeHold('storm'), connections });
  expect(news).toEqual({
    title: 'Heads Up needs you',
    body:
      'Sending is held: far more triggers than usual; Smartrr refuses the token; 2 deliveries left without a clear ' +
      'answer; 1 delivery was refused by Postscript; 1 reply waits for a person; 3 notices were missed.',
    route: '/',
  });
});

it.each<[Facts, string]>([
  [{ unknown: 1 }, '/deliveries?state=unknown'],
  [{ failed: 1 }, '/deliveries?state=failed'],
  [{ replies: 1 }, '/replies?needs=person'],
  [{ missed: 1 }, '/missed'],
  [{ hold: makeHold('key_refused') }, '/settings/connections'],
  [{ connections: [makeConnection('inbox', 'refused')] }, '/settings/connections'],
  [{ storage: { state: 'damaged', message: null } }, '/settings/backup'],
  [{ storage: { state: 'failing', message: null } }, '/'],
])('opens the screen that settles it: %j', (facts, route) => {
  expect(decide(facts).news).toMatchObject({ route });
});

it.each<[string, Facts]>([
  ['an outage, which ends by itself', { hold: makeHold('outage') }],
  ['a connection that gives no answer, which is tried again', { connections: [makeConnection('smartrr', 'failing')] }],
  ['a connection that was never made', { connections: [makeConnection('inbox', 'missing')] }],
  ['the practice shop', { isPractice: true, unknown: 5, hold: makeHold('storm') }],
])('tells nothing of %s', (_what, facts) => {
  expect(decide(facts)).toEqual({ told: {}, news: null, lookAgainInMs: null });
});

it('tells only what is new, and of a refused key once, though its connection is refused too', () => {
  const hold = makeHold('key_refused');
  const { news } = decide(
    { unknown: 5, hold, connections: [makeConnection('postscript', 'refused')] },
    { told: { unknown: 3 } },
  );
  expect(news?.body).toBe('Sending is held: Postscript refused the key; 2 deliveries left without a clear answer.');
});

it('tells of another hold, though one of its kind was told before', () => {
  const { told } = decide({ hold: makeHold('storm') });
  expect(decide({ hold: makeHold('storm') }, { told }).news).toBeNull();
  expect(decide({ hold: { ...makeHold('storm'), since: 1 } }, { told }).news).not.toBeNull();
});

it('says that the engine was started again, and that nothing is to be done', () => {
  expect(decide({}, { needs: [makeRestartNeed(1)] }).news).toEqual({
    title: 'Heads Up goes on',
    body: 'The engine stopped unexpectedly and was started again.',
    route: '/',
  });
});

const steps = fc.array(
  fc.record({
    passedMs: fc.integer({ min: 0, max: 2 * NOTIFICATION_PAUSE_MS }),
    isWatching: fc.boolean(),
    isWanted: fc.boolean(),
    facts: fc.record({
      unknown: fc.nat(3),
      failed: fc.nat(3),
      replies: fc.nat(3),
      missed: fc.nat(3),
      hold: fc.constantFrom(null, makeHold('storm'), makeHold('key_refused'), makeHold('outage')),
    }),
  }),
  { minLength: 1, maxLength: 30 },
);

type Step = typeof steps extends fc.Arbitrary<readonly (infer Each)[]> ? Each : never;

/** Plays the steps as the app would, and adds a long quiet end with nobody at the window. */
function play(given: readonly Step[]) {
  const last = given.at(-1);
  const quiet = { passedMs: NOTIFICATION_PAUSE_MS, isWatching: false, isWanted: true };
  const all = last === undefined ? given : [...given, { ...last, ...quiet }];
  let told: Told = {};
  let now = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  const seen: { at: number; step: Step; before: Told; told: Told; news: News | null; lookAgainInMs: number | null }[] =
    [];
  for (const step of all) {
    now += step.passedMs;
    const verdict = decide(step.facts, { ...step, told, sinceLastMs: now - lastAt });
    seen.push({ at: now, step, before: told, ...verdict });
    if (verdict.news !== null) lastAt = now;
    ({ told } = verdict);
  }
  return seen;
}

it('never tells twice within 15 minutes, nor whoever watches or does not want it', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const shown = play(given).filter(({ news }) => news !== null);
      const wrong = shown.filter(({ at, step }, index) => {
        const isTooEarly = at - (shown[index - 1]?.at ?? Number.NEGATIVE_INFINITY) < NOTIFICATION_PAUSE_MS;
        return isTooEarly || step.isWatching || !step.isWanted;
      });
      expect(wrong).toEqual([]);
    }),
  );
});

it('never tells of what has been told or seen and still lasts', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const shown = play(given).flatMap(({ step, before, news }) => (news === null ? [] : [{ step, before, news }]));
      const bodies = shown.map(({ step, before }) => {
        const needs = findNeeds(makeFacts(step.facts));
        const added = needs.map(({ id, count, tell }) => ({ tell, count: count - (before[id] ?? 0) }));
        const sentences = added.filter(({ count }) => count > 0).map(({ tell, count }) => tell(count));
        return sentences.length === 0 ? 'nothing new' : `${sentences.join('; ')}.`;
      });
      expect(shown.map(({ news }) => news.body)).toEqual(bodies);
    }),
  );
});

it('forgets nothing: after a quiet quarter of an hour, everything was told or seen', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const seen = play(given);
      const end = seen.at(-1);
      const needs = findNeeds(makeFacts(end?.step.facts));
      expect(end?.told).toEqual(Object.fromEntries(needs.map(({ id, count }) => [id, count])));
      // Whoever has to wait is told when.
      for (const { step, told, lookAgainInMs } of seen) {
        const isWaiting = findNeeds(makeFacts(step.facts)).some(({ id, count }) => count > (told[id] ?? 0));
        expect(lookAgainInMs !== null).toBe(isWaiting && step.isWanted && !step.isWatching);
      }
    }),
  );
});

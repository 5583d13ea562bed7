import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { NOTIFICATION_PAUSE_MS, type News, type Told } from '../../../main/electron/notifications.ts';
import { startPresence } from '../../../main/electron/presence.ts';
import type { TrayView } from '../../../main/electron/tray-menu.ts';
import type { EngineState } from '../../../shared/ipc/computer-contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import { makeFacts } from './shop-facts.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(told: Told = {}) {
  const world = {
    facts: makeFacts(),
    engine: { state: 'running', restartedAt: null } as EngineState,
    isWatching: false,
    wantsNews: true,
    told,
    asked: 0,
    trays: [] as string[],
    news: [] as News[],
  };
  const presence = startPresence({
    call: (channel) => {
      world.asked += 1;
      if (world.engine.state !== 'running') return Promise.resolve(fail('internal', 'The engine is away.'));
      return Promise.resolve(ok(channel === 'status.get' ? world.facts.status : world.facts.overview));
    },
    engine: () => world.engine,
    showTray: ({ tooltip }: TrayView) => void world.trays.push(tooltip),
    showNews: (news) => void world.news.push(news),
    isWatching: () => world.isWatching,
    wantsNews: () => world.wantsNews,
    toldBefore: told,
    saveTold: (next) => void (world.told = next),
    now: () => performance.now(),
  });
  onTestFinished(presence.stop);
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  /** The engine says that something changed, and everybody has had the time to look. */
  const change = async (facts: Parameters<typeof makeFacts>[0]) => {
    world.facts = makeFacts(facts);
    presence.noteChange();
    await pass(10_000);
  };
  return { world, presence, pass, change };
}

it('shows the state from the start on, and asks nothing while nothing changes', async () => {
  const { world, pass } = setUp();
  expect(world.trays).toEqual(['Heads Up: Starting']);
  await pass(10_000);
  expect(world.trays.at(-1)).toBe('Heads Up: Sending is on');
  const { asked } = world;
  await pass(24 * 3_600_000);
  expect(world.asked).toBe(asked);
});

it('asks a busy engine every two seconds, not at every change, and ends with how it ended', async () => {
  const { world, presence, pass } = setUp();
  await pass(10_000);
  world.asked = 0;
  for (let change = 0; change < 60; change += 1) {
    world.facts = makeFacts({ failed: change });
    presence.noteChange();
    await pass(150);
  }
  await pass(10_000);
  // Nine seconds, two calls each time.
  expect(world.asked).toBeLessThanOrEqual(2 * 6);
  expect(world.trays.at(-1)).toBe('Heads Up: Sending is on. Needs you: 59');
});

it('shows without a rest what somebody has just switched', async () => {
  const { world, presence, pass } = setUp();
  await pass(300);
  world.facts = makeFacts({ sendingOn: false });
  presence.noteChange();
  await pass(1);
  expect(world.trays.at(-1)).toBe('Heads Up: Sending is on');
  presence.look();
  await pass(1);
  expect(world.trays.at(-1)).toBe('Heads Up: Sending is off');
});

it('tells once, gathers what comes within the next 15 minutes, and tells that then', async () => {
  const { world, pass, change } = setUp();
  await change({ unknown: 1 });
  await change({ unknown: 2 });
  await change({ unknown: 2, replies: 1 });
  expect(world.news.map(({ body }) => body)).toEqual(['1 delivery left without a clear answer.']);
  await pass(NOTIFICATION_PAUSE_MS);
  expect(world.news.map(({ body }) => body)).toEqual([
    '1 delivery left without a clear answer.',
    '1 delivery left without a clear answer; 1 reply waits for a person.',
  ]);
  await change({ unknown: 2, replies: 1 });
  await pass(2 * NOTIFICATION_PAUSE_MS);
  expect(world.news).toHaveLength(2);
});

it('does not tell what was settled while it had to wait', async () => {
  const { world, pass, change } = setUp();
  await change({ unknown: 1 });
  await change({ unknown: 1, replies: 1 });
  await change({ unknown: 1 });
  await pass(2 * NOTIFICATION_PAUSE_MS);
  expect(world.news).toHaveLength(1);
});

it('does not tell what somebody saw, who came to the window while it had to wait', async () => {
  const { world, presence, pass, change } = setUp();
  await change({ unknown: 1 });
  await change({ unknown: 1, replies: 1 });
  world.isWatching = true;
  presence.noteWatching();
  world.isWatching = false;
  await pass(2 * NOTIFICATION_PAUSE_MS);
  expect(world.news).toHaveLength(1);
});

it('tells nothing to whoever has the window before them, or does not want it', async () => {
  const { world, pass, change } = setUp();
  world.isWatching = true;
  await change({ unknown: 1 });
  world.isWatching = false;
  world.wantsNews = false;
  await change({ unknown: 2 });
  await pass(2 * NOTIFICATION_PAUSE_MS);
  expect(world.news).toEqual([]);
});

it('remembers over a restart what it told', async () => {
  const first = setUp();
  await first.change({ failed: 2 });
  expect(first.world.told).toEqual({ failed: 2 });
  const again = setUp(first.world.told);
  await again.change({ failed: 2 });
  expect(again.world.news).toEqual([]);
  await again.change({ failed: 3 });
  expect(again.world.news.map(({ body }) => body)).toEqual(['1 delivery was refused by Postscript.']);
});

it('is silent in the practice shop, and tells nothing of the own shop twice after it', async () => {
  const { world, pass, change } = setUp();
  await change({ unknown: 1 });
  await change({ unknown: 1, replies: 1 });
  await change({ isPractice: true, unknown: 7, failed: 7 });
  await pass(2 * NOTIFICATION_PAUSE_MS);
  expect(world.news).toHaveLength(1);
  await change({ unknown: 1, replies: 1 });
  expect(world.news.map(({ body }) => body)).toEqual([
    '1 delivery left without a clear answer.',
    '1 reply waits for a person.',
  ]);
});

it('says at once when the engine is away, and tells of each crash once', async () => {
  const { world, presence, pass, change } = setUp();
  await change({});
  world.engine = { state: 'restarting', since: 1 };
  presence.noteChange();
  expect(world.trays.at(-1)).toBe('Heads Up: The engine is starting again');
  await pass(10_000);
  world.engine = { state: 'running', restartedAt: 2 };
  presence.noteChange();
  expect(world.trays.at(-1)).toBe('Heads Up: Sending is on');
  await pass(2 * NOTIFICATION_PAUSE_MS);
  expect(world.news.map(({ title }) => title)).toEqual(['Heads Up goes on']);
  world.engine = { state: 'stopped', since: 3, message: 'It crashed.', nextStep: 'Start it again.' };
  presence.noteChange();
  expect(world.trays.at(-1)).toBe('Heads Up: The engine stopped: nothing is sent');
  expect(world.news.at(-1)).toMatchObject({ title: 'Heads Up needs you', route: '/' });
});

it('goes on after an engine that could not be asked', async () => {
  const { world, presence, pass, change } = setUp();
  world.engine = { state: 'restarting', since: 1 };
  presence.noteChange();
  await pass(10_000);
  world.engine = { state: 'running', restartedAt: 2 };
  await change({ sendingOn: false });
  expect(world.trays.at(-1)).toBe('Heads Up: Sending is off');
});

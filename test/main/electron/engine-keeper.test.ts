import { describe, expect, it } from 'vitest';
import { keepEngine } from '../../../main/electron/engine-keeper.ts';
import { EngineCannotStart, type EngineClient, type EngineStopReason } from '../../../main/engine-client.ts';
import type { EngineState } from '../../../shared/ipc/computer-contract.ts';
import { ok } from '../../../shared/result.ts';
import { createFakePerson, settle } from './fake-frame.ts';

const newer: EngineStopReason = { message: 'The database is newer.', nextStep: 'Install the newer Heads Up.' };

const running: EngineState = { state: 'running', restartedAt: null };

function setUp() {
  const states = new Map<number, EngineState>();
  const ran: boolean[] = [];
  const did: string[] = [];
  const person = createFakePerson();
  const starts: {
    succeed: () => void;
    refuse: (reason: EngineStopReason) => void;
    stopForGood: (reason: EngineStopReason) => void;
  }[] = [];
  const keeper = keepEngine({
    start: (onStopped, hasRun) => {
      const number = starts.length + 1;
      ran.push(hasRun);
      const { promise, resolve, reject } = Promise.withResolvers<EngineClient>();
      const engine: EngineClient = {
        call: () => Promise.resolve(ok({ engine: number })),
        state: () => states.get(number) ?? running,
        sleep: () => void did.push('sleep'),
        wake: () => void did.push('wake'),
        stop: async () => void did.push(`stop ${number}`),
      };
      starts.push({
        succeed: () => resolve(engine),
        refuse: (reason) => reject(new EngineCannotStart(reason)),
        stopForGood: (reason) => {
          states.set(number, { state: 'stopped', since: 6000, ...reason });
          onStopped(reason);
        },
      });
      return promise;
    },
    ask: person.ask,
    onChange: () => void did.push('changed'),
    quit: () => void did.push('quit'),
    now: () => 5000,
  });
  return { ...person, did, keeper, starts, ran };
}

describe('the engine of the desktop app', () => {
  it('answers calls of a window that was open before it was ready', async () => {
    const { keeper, starts, did } = setUp();
    expect(keeper.state()).toEqual({ state: 'starting' });
    const early = keeper.call('status.get', {});
    keeper.wake();
    starts[0]?.succeed();
    expect(await early).toEqual(ok({ engine: 1 }));
    expect(keeper.state()).toEqual({ state: 'running', restartedAt: null });
    keeper.sleep();
    keeper.wake();
    await keeper.stop();
    expect(did).toEqual(['changed', 'sleep', 'wake', 'stop 1']);
  });

  it('says why it cannot start, to the person and to whoever calls, and tries again when told to', async () => {
    const { keeper, starts, questions, answer, did } = setUp();
    const early = keeper.call('status.get', {});
    starts[0]?.refuse(newer);
    expect(await early).toMatchObject({ ok: false, error: newer });
    expect(await keeper.call('status.get', {})).toMatchObject({ ok: false, error: newer });
    expect(keeper.state()).toEqual({ state: 'stopped', since: 5000, ...newer });
    expect(questions).toMatchObject([
      {
        message: 'The engine of Heads Up cannot start. Nothing is sent or read',
        detail: 'The database is newer. Install the newer Heads Up.',
      },
    ]);
    await keeper.stop();
    answer('Start it again');
    await settle();
    expect(keeper.state()).toEqual({ state: 'starting' });
    const waiting = keeper.call('status.get', {});
    starts[1]?.succeed();
    expect(await waiting).toEqual(ok({ engine: 2 }));
    expect(did).toEqual(['changed', 'changed', 'changed']);
  });

  it('offers another start when an engine that ran is gone for good', async () => {
    const { keeper, starts, ran, questions, answer } = setUp();
    starts[0]?.succeed();
    await settle();
    starts[0]?.stopForGood({ message: 'It crashed too often.', nextStep: 'Quit and start again.' });
    expect(questions[0]?.message).toBe('The engine of Heads Up is down. Nothing is sent or read');
    answer('Start it again');
    await settle();
    starts[1]?.succeed();
    expect(await keeper.call('status.get', {})).toEqual(ok({ engine: 2 }));
    expect(ran).toEqual([false, true]);
  });

  it.each([
    ['Quit Heads Up', ['changed', 'quit']],
    ['Later', ['changed']],
  ])('leaves it down when told to: %s', async (button, expected) => {
    const { keeper, starts, answer, did } = setUp();
    answer(button);
    starts[0]?.refuse(newer);
    await settle();
    expect(keeper.state()).toMatchObject({ state: 'stopped' });
    expect(starts).toHaveLength(1);
    expect(did).toEqual(expected);
  });

  it('starts again when Heads Up is started once more, and once only while the question stands', async () => {
    const { keeper, starts, questions, answer } = setUp();
    keeper.startAgain();
    starts[0]?.refuse(newer);
    await settle();
    keeper.startAgain();
    keeper.startAgain();
    expect(starts).toHaveLength(2);
    starts[1]?.succeed();
    await settle();
    answer('Start it again');
    await settle();
    expect(questions).toHaveLength(1);
    expect(starts).toHaveLength(2);
    expect(keeper.state()).toEqual(running);
  });
});

import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createQuit } from '../../../main/electron/quit.ts';
import { createFakePerson, settle } from './fake-frame.ts';

function setUp({ isSending = true } = {}) {
  const did: string[] = [];
  const person = createFakePerson();
  const engine = Promise.withResolvers<undefined>();
  const app = Object.assign(new EventEmitter(), { quit: (): void => askToQuit() });
  /** As Electron does it for the menu, the dock, and `app.quit()`. */
  function askToQuit(): void {
    let isPrevented = false;
    app.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) did.push('ended');
  }
  const quit = createQuit({
    // An EventEmitter has Electron's overloads without their names.
    app: app as unknown as Parameters<typeof createQuit>[0]['app'],
    isSending: () => Promise.resolve(isSending),
    ask: person.ask,
    stop: async () => {
      did.push('stop');
      await engine.promise;
    },
    beforeEnd: async () => void did.push('nothing runs'),
  });
  return { ...person, did, quit, askToQuit, engineHasStopped: () => engine.resolve(undefined) };
}

describe('quitting', () => {
  it('says that texts stop while sending is on, and goes on when that is not wanted', async () => {
    const { askToQuit, questions, answer, did } = setUp();
    askToQuit();
    askToQuit();
    await settle();
    expect(questions).toHaveLength(1);
    expect(questions[0]?.message).toContain('No texts go out then');
    for (const part of ['nothing is handed to Postscript', 'no reply is read', 'catches up', 'listed as missed'])
      expect(questions[0]?.detail).toContain(part);
    answer('Cancel');
    await settle();
    expect(did).toEqual([]);
    askToQuit();
    answer('Quit');
    await settle();
    expect(did).toEqual(['stop']);
  });

  it('ends when the engine has finished what was under way, and not before', async () => {
    const { askToQuit, did, engineHasStopped } = setUp({ isSending: false });
    askToQuit();
    await settle();
    askToQuit();
    await settle();
    expect(did).toEqual(['stop']);
    engineHasStopped();
    await settle();
    expect(did).toEqual(['stop', 'nothing runs', 'ended']);
  });

  it('asks nothing where nothing is sent', async () => {
    const { askToQuit, did, questions } = setUp({ isSending: false });
    askToQuit();
    await settle();
    expect(did).toEqual(['stop']);
    expect(questions).toEqual([]);
  });

  it('asks nothing when the person has been asked already', async () => {
    const { quit, did, questions, engineHasStopped } = setUp();
    quit.now();
    engineHasStopped();
    await settle();
    expect(did).toEqual(['stop', 'nothing runs', 'ended']);
    expect(questions).toEqual([]);
  });

  it('asks nothing when the computer shuts down or a signal comes, and starts no installer then', async () => {
    const { quit, did, questions, engineHasStopped } = setUp();
    quit.atOnce();
    quit.atOnce();
    engineHasStopped();
    await settle();
    expect(did).toEqual(['stop', 'ended']);
    expect(questions).toEqual([]);
  });

  it('does not wait for an answer when a signal comes while the question stands', async () => {
    const { quit, askToQuit, answer, did, engineHasStopped } = setUp();
    askToQuit();
    await settle();
    quit.atOnce();
    engineHasStopped();
    await settle();
    expect(did).toEqual(['stop', 'ended']);
    answer('Cancel');
    await settle();
    expect(did).toEqual(['stop', 'ended']);
  });
});

import { describe, expect, it } from 'vitest';
import { createClosing, type CloseChoice } from '../../../main/electron/closing.ts';
import { createFakePerson, settle } from './fake-frame.ts';

function setUp({ platform = 'linux' as NodeJS.Platform, choice = 'ask' as CloseChoice, isSending = true } = {}) {
  const did: string[] = [];
  const person = createFakePerson();
  const kept = { choice };
  const close = createClosing({
    platform,
    choice: {
      get: () => kept.choice,
      set: (chosen) => {
        kept.choice = chosen;
      },
    },
    isSending: () => Promise.resolve(isSending),
    ask: person.ask,
    hide: () => void did.push('hide'),
    quit: () => void did.push('quit'),
  });
  return { ...person, did, kept, close };
}

describe('closing the window', () => {
  it.each([
    ['Keep running', ['hide']],
    ['Quit', ['quit']],
    ['Cancel', []],
  ])('asks, once at a time, and does as told: %s', async (button, expected) => {
    const { close, questions, answer, did, kept } = setUp();
    close();
    close();
    await settle();
    expect(questions).toHaveLength(1);
    answer(button);
    await settle();
    expect(did).toEqual(expected);
    expect(kept.choice).toBe('ask');
  });

  it.each([
    ['Keep running', 'keep_running', 'hide'],
    ['Quit', 'quit', 'quit'],
  ] as const)('does not ask again when told so: %s', async (button, choice, act) => {
    const { close, questions, answer, did, kept } = setUp();
    answer(button, true);
    close();
    await settle();
    expect(kept.choice).toBe(choice);
    close();
    expect(did).toEqual([act, act]);
    expect(questions).toHaveLength(1);
  });

  it('remembers nothing of a question that was cancelled', async () => {
    const { close, answer, kept } = setUp();
    answer('Cancel', true);
    close();
    await settle();
    expect(kept.choice).toBe('ask');
  });

  it.each([
    [true, 'nothing is handed to Postscript and no reply is read'],
    [false, 'that stops until you start it again'],
  ])('says what quitting stops, sending on: %s', async (isSending, words) => {
    const { close, questions } = setUp({ isSending });
    close();
    await settle();
    expect(questions[0]?.detail).toContain(words);
  });

  it('hides on macOS without a question', () => {
    const { close, questions, did } = setUp({ platform: 'darwin', choice: 'quit' });
    close();
    expect(did).toEqual(['hide']);
    expect(questions).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { watchPage } from '../../../main/electron/page-trouble.ts';
import { createFakeFrame, createFakePerson, settle } from './fake-frame.ts';

function setUp() {
  const window = createFakeFrame({ x: 0, y: 0, width: 800, height: 600 });
  const person = createFakePerson();
  const logged: string[] = [];
  const clock = { now: 0 };
  watchPage(window.frame, {
    ask: person.ask,
    log: (level, message) => void logged.push(`${level}: ${message}`),
    now: () => clock.now,
  });
  const crash = (reason = 'crashed') => window.emitFromPage('render-process-gone', { reason, exitCode: 139 });
  return { ...window, ...person, logged, clock, crash };
}

it('loads the page again after a crash', () => {
  const { crash, did, questions, logged } = setUp();
  crash();
  expect(did).toEqual(['reload']);
  expect(logged).toEqual(["error: The window's page ended unexpectedly."]);
  expect(questions).toEqual([]);
});

it('leaves a page alone that ended as it should', () => {
  const { crash, did } = setUp();
  crash('clean-exit');
  expect(did).toEqual([]);
});

it('asks with cause and next step after the fourth crash in a minute', async () => {
  const { crash, did, questions, answer } = setUp();
  for (let count = 0; count < 4; count += 1) crash('oom');
  expect(did).toEqual(['reload', 'reload', 'reload']);
  expect(questions[0]?.detail).toContain('4 times within a minute; last time it ran out of memory (code 139)');
  expect(questions[0]?.detail).toContain('what is sent and read goes on');
  expect(questions[0]?.detail).toContain('quit Heads Up and start it again');
  crash();
  expect(questions).toHaveLength(1);
  answer('Load it again');
  await settle();
  crash();
  expect(did).toEqual(['reload', 'reload', 'reload', 'reload', 'reload']);
});

it('lets go of a window that cannot be kept open', async () => {
  const { crash, did, answer } = setUp();
  for (let count = 0; count < 4; count += 1) crash('launch-failed');
  answer('Close the window');
  await settle();
  expect(did.at(-1)).toBe('destroy');
});

it('does not touch a window that went while its question stood', async () => {
  const { crash, frame, did, answer } = setUp();
  for (let count = 0; count < 4; count += 1) crash();
  frame.destroy();
  answer('Close the window');
  await settle();
  expect(did.slice(3)).toEqual(['destroy']);
});

it('forgets crashes of long ago', () => {
  const { crash, clock, did, questions } = setUp();
  for (let count = 0; count < 9; count += 1) {
    crash();
    clock.now += 20_000;
  }
  expect(did).toHaveLength(9);
  expect(questions).toEqual([]);
});

it('says when the page could not be loaded, but not of a load that another one replaced', async () => {
  const { emitFromPage, questions, answer, did } = setUp();
  emitFromPage('did-fail-load', -3, 'ERR_ABORTED', 'app://heads-up/', true);
  emitFromPage('did-fail-load', -6, 'ERR_FILE_NOT_FOUND', 'app://heads-up/frame', false);
  expect(questions).toEqual([]);
  emitFromPage('did-fail-load', -6, 'ERR_FILE_NOT_FOUND', 'app://heads-up/', true);
  expect(questions[0]).toMatchObject({ message: 'The window could not be loaded' });
  expect(questions[0]?.detail).toContain('ERR_FILE_NOT_FOUND (code -6)');
  answer('Load it again');
  await settle();
  expect(did).toEqual(['reload']);
});

it('offers to wait for a page that hangs, or to load it again', async () => {
  const { emit, questions, answer, did } = setUp();
  emit('unresponsive');
  emit('unresponsive');
  expect(questions).toHaveLength(1);
  answer('Wait');
  await settle();
  expect(did).toEqual([]);
  emit('unresponsive');
  answer('Load it again');
  await settle();
  expect(did).toEqual(['crash']);
});

it('takes the question back when the page responds again', () => {
  const { emit, questions } = setUp();
  emit('unresponsive');
  expect(questions[0]?.signal?.aborted).toBe(false);
  emit('responsive');
  expect(questions[0]?.signal?.aborted).toBe(true);
});

import { expect, it } from 'vitest';
import { judgeAnswers, judgeShedding, loadInbox } from './inbox-load.ts';

const none = { 'inbox-seconds': 0, 'inbox-rate': 150, 'inbox-burst': 0, 'inbox-large': 0, 'inbox-kills': 0 };
const whatOf = (findings: readonly { what: string }[]) => findings.map(({ what }) => what);

it('takes what it must, sheds the rest, and keeps over a kill what it has answered for', async () => {
  const all = { ...none, 'inbox-seconds': 1, 'inbox-burst': 600, 'inbox-large': 300, 'inbox-kills': 1 };
  const { figures, findings } = await loadInbox(all);
  expect(findings).toEqual([]);
  // 256 hold a place until their second half comes, which is when another one was shed; a late one may find one free again.
  const { value } = figures.find(({ name }) => name.startsWith('200 kB each')) ?? {};
  expect(value).toMatch(/^2\d\d taken, [1-9]\d* shed$/);
});

it('is not passed by an inbox that answers before it stores', async () => {
  const { findings } = await loadInbox({ ...none, 'inbox-kills': 1 }, 'answers_first');
  expect(whatOf(findings)).toEqual([expect.stringMatching(/texts were answered 200 and lost/)]);
});

it('is not passed by an inbox that takes as many at once as there come', async () => {
  const { findings } = await loadInbox({ ...none, 'inbox-large': 260 }, 'boundless');
  expect(whatOf(findings)).toEqual([expect.stringMatching(/what is under way has no bound/)]);
});

it('judges what is lost, handed out twice, made up, left without an answer or without a time to come again', () => {
  const answer = (id: string, status: number, retryAfter = '') => ({ id, status, ms: 1, retryAfter });
  expect(whatOf(judgeAnswers([answer('a', 200), answer('b', 200), answer('c', 0)], ['b', 'b', 'c', 'd']))).toEqual([
    '1 texts were answered 200 and lost, a first.',
    '1 texts are handed out twice.',
    '1 texts were never offered, d first.',
  ]);
  expect(whatOf(judgeShedding([answer('a', 503), answer('b', 0)], []))).toEqual([
    'Nothing was taken of a burst.',
    '1 were answered neither 200 nor 503, but 0.',
    'A 503 does not say when to come again.',
  ]);
});

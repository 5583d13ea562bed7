import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../main/practice/random.ts';
import { foundRows } from '../../fixtures/fuzz-found.ts';
import { carelessPlatform } from './careless-platform.ts';
import { answersSuite } from './answers-suite.ts';
import { databasesSuite } from './databases-suite.ts';
import { messagesSuite } from './messages-suite.ts';
import { mutate } from './mutate.ts';
import { repliesSuite, runReplies } from './replies-suite.ts';
import { rowsSuite, runRows } from './rows-suite.ts';
import { settingsSuite } from './settings-suite.ts';
import { webhooksSuite } from './webhooks-suite.ts';

/** Always the same, so that only a change of ours makes a test fail; `npm run torture` takes a new one each time. */
const seed = 5;
const short = { seed, until: Number.POSITIVE_INFINITY, only: null, say: () => undefined };

describe('mutated rows of the platform', () => {
  it('are the same for one seed, whatever was mutated before', () => {
    const mutations = (): unknown[] => {
      const random = createRandom(seed, 'mutations');
      return Array.from({ length: 2000 }, () => structuredClone(mutate({ a: 'b', c: { d: 1 } }, random)));
    };
    expect(mutations()).toEqual(mutations());
  });

  it('are read to the letter or refused by name, cost no row beside them, and announce nothing of their own', async () => {
    const { figures, findings } = await rowsSuite({ ...short, size: 4000 });
    expect(findings).toEqual([]);
    expect(figures.find(({ name }) => name === 'of them refused and named')?.value).toBeGreaterThan(20);
    expect(figures.find(({ name }) => name === 'deliveries judged')?.value).toBeGreaterThan(100);
  });

  it.each(foundRows)('found once: $what', async ({ seed: foundWith, number }) => {
    const { findings } = await rowsSuite({ ...short, seed: foundWith, only: number, size: 1 });
    expect(findings).toEqual([]);
  });

  it('are read wrong by a reader that trusts them, and the judge says how', async () => {
    const { findings } = await runRows({ ...short, size: 1000 }, carelessPlatform);
    const said = findings.map(({ what }) => what).join('\n');
    for (const mistake of [/nextOrderAt was read as/, /was queued, and no row calls for it|status was read as/])
      expect(said).toMatch(mistake);
  });
});

describe('the other inputs', () => {
  it.each([
    ['contract messages change nothing when they are refused, and no answer tells too much', messagesSuite, 1500],
    ['reply texts are a SKIP only when they can be nothing else', repliesSuite, 600],
    ['webhooks are refused by name, and none keeps the console from reading on', webhooksSuite, 400],
    ["Postscript's answers leave no delivery in a state that they do not call for", answersSuite, 40],
    ['damaged settings files keep nobody from starting, and every lost key says so', settingsSuite, 25],
    ['damaged databases are refused or named, and nothing goes out twice', databasesSuite, 25],
  ])('%s', async (_name, suite, size) => {
    expect((await suite({ ...short, size })).findings).toEqual([]);
  });

  it('a reader that looks for the word in a reply is caught', async () => {
    const { findings } = await runReplies({ ...short, size: 100 }, (text) => (/skip/i.test(text) ? 'SKIP' : null));
    expect(findings.map(({ what }) => what).join('\n')).toContain('was read as SKIP');
  });
});

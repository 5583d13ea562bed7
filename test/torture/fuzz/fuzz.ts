import type { Part } from '../part.ts';
import { answersSuite } from './answers-suite.ts';
import { databasesSuite } from './databases-suite.ts';
import { messagesSuite } from './messages-suite.ts';
import { repliesSuite } from './replies-suite.ts';
import { rowsSuite } from './rows-suite.ts';
import { settingsSuite } from './settings-suite.ts';
import type { Suite } from './suite.ts';
import { webhooksSuite } from './webhooks-suite.ts';

const suites = {
  'platform-rows': { name: 'rows', run: rowsSuite },
  'contract-messages': { name: 'messages', run: messagesSuite },
  'reply-texts': { name: 'replies', run: repliesSuite },
  webhooks: { name: 'webhooks', run: webhooksSuite },
  'postscript-answers': { name: 'answers', run: answersSuite },
  'settings-files': { name: 'settings', run: settingsSuite },
  'damaged-databases': { name: 'databases', run: databasesSuite },
} as const satisfies Record<string, Readonly<{ name: string; run: Suite }>>;
type Size = keyof typeof suites;

/** Every kind of input that comes from outside, mutated from what the practice services really say. */
export const fuzz: Part<Size> = {
  name: 'fuzz',
  title: 'input that nobody meant is refused by name, loses nothing beside it and never becomes a wrong text',
  sizes: {
    'platform-rows': 1_000_000,
    'contract-messages': 100_000,
    'reply-texts': 10_000,
    webhooks: 20_000,
    'postscript-answers': 2000,
    'settings-files': 2000,
    'damaged-databases': 1000,
  },
  run: async ({ seed, sizes, minutes, replay, say }) => {
    const until = minutes === null ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000;
    const [wanted, number] = replay === null ? [null, null] : replay.split(':');
    const chosen = (Object.keys(suites) as Size[]).filter((size) => wanted === null || suites[size].name === wanted);
    const reports = [];
    for (const size of chosen) {
      const only = number === null || number === undefined ? null : Number(number);
      reports.push(await suites[size].run({ seed, size: sizes[size], until, only, say }));
    }
    return {
      figures: reports.flatMap(({ figures }) => figures),
      findings: reports.flatMap(({ findings }) => findings),
      skipped: null,
    };
  },
};

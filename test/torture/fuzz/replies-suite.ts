import { writeDeliveryCsv } from '../../../main/core/write-delivery-csv.ts';
import { createRandom, type Random } from '../../../main/practice/random.ts';
import { optOutWords, readKeyword, type Keyword } from '../../../shared/domain/keyword.ts';
import { countSegments, splitSegments } from '../../../shared/domain/segments.ts';
import { checkTemplate, parseTemplate } from '../../../shared/domain/template.ts';
import { toError } from '../../../shared/result.ts';
import { readCsv } from '../../helpers/read-csv.ts';
import { isPolluted } from './odd-values.ts';
import { runCases, type Suite } from './suite.ts';

type ReadKeyword = (text: string) => Keyword | null;

/** What a text is meant to be read as; undefined where only the rules that hold for every text are asked. */
type Text = Readonly<{ text: string; meant: Keyword | null | undefined }>;

const polite = ['please', 'pls', 'thanks', 'thank you', 'ok', 'yes', 'hi', 'hey', 'thx'];
const objects = ['', ' it', ' this', ' this one', ' my order', ' this order', ' this time'];
const others = [
  "don't",
  'do not',
  'never',
  'no',
  'pause',
  'how',
  'can I',
  'two',
  'next',
  'cancel',
  'stop',
  'why',
  'не',
  'لا',
];
const look = { s: 'ѕ', k: 'к', i: 'і', p: 'р' } as const;

/** A text whose reading is known because of how it was made. */
function makeText(random: Random): Text {
  const kind = random.weighted([
    ['skip', 25],
    ['sentence', 20],
    ['opt out', 20],
    ['alike', 10],
    ['both', 10],
    ['noise', 14],
    ['long', 1],
  ]);
  switch (kind) {
    case 'skip': {
      const before = random.isLucky(0.4) ? `${random.pick(polite)} ` : '';
      const after = random.isLucky(0.4) ? ` ${random.pick(['please', 'thanks', 'thank you', 'pls'])}` : '';
      return { text: decorate(`${before}skip${random.pick(objects)}${after}`, random), meant: 'SKIP' };
    }
    case 'sentence':
      return {
        text: decorate(random.pick([`${random.pick(others)} skip`, `skip ${random.pick(others)}`]), random),
        meant: null,
      };
    case 'opt out':
      return { text: decorate(random.pick(optOutWords).toLowerCase(), random), meant: 'OPT_OUT' };
    case 'alike': {
      const letter = random.pick(['s', 'k', 'i', 'p'] as const);
      return { text: decorate('skip'.replace(letter, look[letter]), random), meant: null };
    }
    case 'both':
      return { text: decorate(`skip ${random.pick(optOutWords).toLowerCase()}`, random), meant: null };
    case 'noise':
      return {
        text: Array.from({ length: random.between(0, 40) }, () => oddCharacter(random)).join(''),
        meant: undefined,
      };
    case 'long':
      return {
        text: random.pick(['skip ', '\u0000', '👍', ' ']).repeat(random.pick([100, 10_000, 2_000_000])),
        meant: undefined,
      };
  }
}

function oddCharacter(random: Random): string {
  return random.isLucky(0.5)
    ? random.pick([
        's',
        'k',
        'i',
        'p',
        'S',
        'ｋ',
        'İ',
        'ı',
        ' ',
        '\u0000',
        '\u200b',
        '\u202e',
        '\u0307',
        '{',
        '}',
        '=',
        '"',
        '\r',
        '\n',
      ])
    : String.fromCodePoint(
        random.pick([random.between(0, 0x7ff), random.between(0x2000, 0xffff), random.between(0x1f300, 0x1faff)]),
      );
}

/** What keyboards, phones and moods put around and into a word without changing it. */
function decorate(text: string, random: Random): string {
  const cased = random.pick([
    text,
    text.toUpperCase(),
    text.replace(/^./, (first) => first.toUpperCase()),
    toFullWidth(text),
  ]);
  const hidden = random.isLucky(0.2)
    ? cased.replace(/(?<=\S)(?=\S)/, random.pick(['\u200b', '\u2060', '\u200d', '\u202a']))
    : cased;
  const spaced = hidden.replaceAll(' ', random.pick([' ', '  ', '\n', '\u00a0', ', ']));
  const around = ['', '!', '.', '...', '"', '”', ' 🙏', ' 👍🏽', '\n', '\u0000', '\u200f', ' ‼️'];
  return random.pick(['', ' ', '“', '\u202b', '(']) + spaced + random.pick(around);
}

function toFullWidth(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0));
}

const harmless = new Set(
  'skip it this one my order time please pls plz plse kindly yes yep yeah yup ok okay sure hi hello hey thanks thank you thankyou thx thnx tnx ty tysm cheers so much very a lot'.split(
    ' ',
  ),
);

/** What holds for every text: only words that cannot turn its meaning stand beside a SKIP, and none that ends texts. */
function isWronglySkip(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('\u0307', '')
    .replace(/\p{Cf}/gu, '');
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return !words.includes('skip') || words.some((word) => !harmless.has(word));
}

function judgeReading({ text, meant }: Text, read: ReadKeyword): string[] {
  const keyword = read(text);
  const shown = JSON.stringify(text.slice(0, 60));
  const problems =
    meant === undefined || keyword === meant ? [] : [`${shown} is ${String(meant)} and was read as ${String(keyword)}`];
  if (keyword === 'SKIP' && isWronglySkip(text)) problems.push(`${shown} was read as SKIP`);
  return problems;
}

/** The same text as the copy of a template, and as a name in an export. */
function judgeAsCopy(text: string): string[] {
  const problems: string[] = [];
  const copy = text.slice(0, 2000);
  const parts = parseTemplate(copy);
  if (parts.map((part) => copy.slice(part.start, part.end)).join('') !== copy)
    problems.push('a template lost a part of its copy');
  checkTemplate(copy, 'upcoming_order');
  const short = copy.slice(0, 400);
  const { segments } = countSegments(short);
  if (splitSegments(short).length !== segments)
    problems.push(`${JSON.stringify(short)}: segments and their count differ`);
  const cells = readCsv(
    writeDeliveryCsv([rowOf(copy)], { timeZone: 'UTC', withPhones: true, isFirstPage: false }),
  ).flat();
  const formula = cells.find((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)));
  if (formula !== undefined) problems.push(`an export holds the formula ${JSON.stringify(formula.slice(0, 60))}`);
  if (!cells.some((cell) => cell === copy || cell === `'${copy}`))
    problems.push(`an export does not give back ${JSON.stringify(copy.slice(0, 60))}`);
  return problems;
}

function rowOf(customerName: string): Parameters<typeof writeDeliveryCsv>[0][number] {
  return {
    id: 1,
    key: `created:${customerName}`,
    trigger: 'subscription_created',
    state: 'accepted',
    reason: 'accepted',
    isTest: false,
    customerId: 'customer',
    customerName,
    phone: null,
    subscriptionId: customerName,
    orderDate: null,
    attempts: 1,
    answer: null,
    createdAt: 0,
    dueAt: 0,
    finishedAt: null,
  };
}

/** Replies in every form, read by the keyword rules, and the same texts as copy and in an export. */
export const repliesSuite: Suite = (order) => runReplies(order, readKeyword);

/** With a reader of its own, for the control. */
export async function runReplies(order: Parameters<Suite>[0], read: ReadKeyword): ReturnType<Suite> {
  const counts = new Map<Keyword | null, number>();
  const { tried, findings } = await runCases('replies', order, (number) => {
    const text = makeText(createRandom(order.seed, 'reply-texts', number));
    const keyword = read(text.text);
    counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
    try {
      const problems = [...judgeReading(text, read), ...judgeAsCopy(text.text)];
      if (isPolluted()) problems.push('every object of this process was changed');
      return Promise.resolve({ tried: 1, findings: problems });
    } catch (thrown) {
      return Promise.resolve({ tried: 1, findings: [`uncaught: ${toError(thrown).message}`] });
    }
  });
  const figures = [
    { name: 'reply texts read', value: tried },
    { name: 'as SKIP', value: counts.get('SKIP') ?? 0 },
    { name: 'as an opt-out', value: counts.get('OPT_OUT') ?? 0 },
  ];
  return { figures, findings };
}

import type { SentReply } from './ledger.ts';
import type { Random } from './random.ts';
import { dayMs, hourMs, minuteMs } from './zone-time.ts';

/** One text that a customer will send, so long after the text it answers. */
export type Answer = Readonly<{ body: string; meant: SentReply['meant']; delayMs: number }>;

const answerRate = 0.34;

const skipSpellings = [
  'SKIP',
  'SKIP',
  'SKIP',
  'Skip',
  'skip',
  'skip',
  'Skip!',
  'SKIP.',
  ' skip ',
  'skip please',
  'Skip please!',
  'please skip',
  'Skip, thanks!',
  'skip thanks',
  'SKIP!!',
  'Skip 🙏',
  '"SKIP"',
  'skip\n',
  'Pls skip',
  'SKIP thank you',
] as const;

const nearMisses = [
  "please don't skip",
  "Don't skip!",
  'can you skip the one after this?',
  'I skipped last time, so send it',
  'skip the filters but send the coffee',
  'skip to next month or cancel?',
  'how do i skip',
] as const;

const talk = [
  'Thanks!',
  'ok 👍',
  '☕❤️',
  'When does it ship?',
  'Can I change my address?',
  'שלום, מתי זה מגיע?',
  'شكراً جزيلاً',
  'Please send decaf this time',
  'delay 2 weeks',
  'yes',
  'Who is this?',
  'I never got the last one. It was supposed to come on Tuesday and the tracking still says "label created" — what now?',
] as const;

const optOuts = ['STOP', 'stop', 'Unsubscribe', 'Stop.'] as const;

const strangers = [
  ['SKIP', 'skip'],
  ['Who is this?', 'talk'],
  ['skip please', 'skip'],
  ['Skip!', 'skip'],
  ['wrong number', 'talk'],
  ['STOP', 'opt_out'],
] as const;

/** Soon for most, next day for some, and now and then around the hour at which the order is charged. */
function chooseDelay(random: Random): number {
  return random.weighted([
    [random.between(1, 40) * minuteMs, 60],
    [random.between(41, 600) * minuteMs, 24],
    [random.between(11, 40) * hourMs, 8],
    [Math.round((2.6 + random.next() * 1.2) * dayMs), 8],
  ]);
}

/** What a customer answers to a notice, if anything. */
export function answerNotice(random: Random): readonly Answer[] {
  if (!random.isLucky(answerRate)) return [];
  const delayMs = chooseDelay(random);
  const skip = (): Answer => ({ body: random.pick(skipSpellings), meant: 'skip', delayMs });
  const kind = random.weighted([
    ['skip', 64],
    ['skip_twice', 12],
    ['near_miss', 8],
    ['opt_out', 4],
    ['talk', 12],
  ]);
  switch (kind) {
    case 'skip':
      return [skip()];
    case 'skip_twice':
      return [skip(), { ...skip(), delayMs: delayMs + random.between(1, 25) * minuteMs }];
    case 'near_miss':
      return [{ body: random.pick(nearMisses), meant: 'talk', delayMs }];
    case 'opt_out':
      return [
        { body: random.pick(optOuts), meant: 'opt_out', delayMs },
        ...(random.isLucky(0.4)
          ? [{ body: 'START', meant: 'talk', delayMs: delayMs + random.between(1, 5) * dayMs } as const]
          : []),
      ];
    case 'talk':
      return [{ body: random.pick(talk), meant: 'talk', delayMs }];
  }
}

/** What a customer answers to any other text. */
export function answerOther(random: Random): readonly Answer[] {
  if (!random.isLucky(0.06)) return [];
  return [{ body: random.pick(talk), meant: 'talk', delayMs: chooseDelay(random) }];
}

/** A text out of nowhere from a customer. */
export function speakUp(random: Random): Omit<Answer, 'delayMs'> {
  return { body: random.pick(talk), meant: 'talk' };
}

/** A SKIP that no notice asked for. */
export function skipUnasked(random: Random): Omit<Answer, 'delayMs'> {
  return { body: random.pick(skipSpellings), meant: 'skip' };
}

/** A text from a number that no customer has. */
export function speakAsStranger(random: Random): Omit<Answer, 'delayMs'> & { phone: string } {
  const [body, meant] = random.pick(strangers);
  return { body, meant, phone: `+1907555${String(random.between(0, 9999)).padStart(4, '0')}` };
}

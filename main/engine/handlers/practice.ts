import type { ChannelsOf } from '../../../shared/ipc/contract-part.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import type { PracticeSession } from '../practice-session.ts';

type Channels = ChannelsOf<'practice'>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_PHONES = 50;
const MOST_EVENTS = 50;
const notRunning = fail('conflict', 'The practice shop is not open.', 'Start it from the Overview.');

export function practiceHandlers(context: EngineContext): Pick<Handlers, Channels> {
  const inPractice = async <T>(work: (session: PracticeSession) => Promise<T>): Promise<Result<T>> => {
    const session = context.practice();
    return session === undefined ? notRunning : ok(await work(session));
  };
  return {
    'practice.start': async ({ customers, seed }) => {
      await context.startPractice(customers, seed);
      return ok({});
    },
    'practice.stop': async () => {
      await context.stopPractice();
      return ok({});
    },
    'practice.get': async ({ search }) => {
      const session = context.practice();
      const { timeZone } = context.active().store.settings();
      if (session === undefined) {
        return ok({ isRunning: false, now: 0, timeZone, trouble: 'none', phones: [], platformEvents: [] });
      }
      return ok({
        isRunning: true,
        now: session.now(),
        timeZone,
        trouble: session.trouble(),
        phones: await session.control.phones(search, MOST_PHONES),
        platformEvents: await session.control.platformEvents(MOST_EVENTS),
      });
    },
    'practice.advance': ({ by }) =>
      inPractice(async (session) => {
        await session.advanceTo(await targetOf(session, by));
        context.changed();
        return { now: session.now() };
      }),
    'practice.reply': ({ customerId, body }) =>
      inPractice(async (session) => {
        await session.reply(customerId, body);
        context.changed();
        return {};
      }),
    'practice.setTrouble': ({ trouble }) =>
      inPractice(async (session) => {
        await session.setTrouble(trouble);
        context.changed();
        return {};
      }),
  };
}

async function targetOf(session: PracticeSession, by: 'hour' | 'day' | 'next_event'): Promise<number> {
  switch (by) {
    case 'hour':
      return session.now() + HOUR_MS;
    case 'day':
      return session.now() + DAY_MS;
    case 'next_event':
      return (await session.control.nextNotableAt()) ?? session.now() + DAY_MS;
  }
}

import type { ChannelsOf } from '../../../shared/ipc/contract-part.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import { findNext, findTarget, watchMove } from '../practice-moves.ts';
import type { PracticeSession } from '../practice-session.ts';
import { emptyTour, findOwnSkip, readTour } from '../practice-tour.ts';

type Channels = ChannelsOf<'practice'>;

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
        return ok({
          isRunning: false,
          now: 0,
          timeZone,
          trouble: 'none',
          next: null,
          lastMove: null,
          tour: emptyTour,
          phones: [],
          platformEvents: [],
        });
      }
      const phones = await session.control.phones(search, MOST_PHONES);
      return ok({
        isRunning: true,
        now: session.now(),
        timeZone,
        trouble: session.trouble(),
        next: await findNext(session),
        lastMove: session.memory.lastMove,
        tour: await readTour(session, search === '' ? phones : await session.control.phones('', MOST_PHONES)),
        phones,
        platformEvents: await session.control.platformEvents(MOST_EVENTS),
      });
    },
    'practice.advance': ({ by }) =>
      inPractice(async (session) => {
        const target = await findTarget(session, by);
        session.memory.lastMove = await watchMove(session, () => session.advanceTo(target));
        context.changed();
        return { now: session.now() };
      }),
    'practice.reply': ({ customerId, body }) =>
      inPractice(async (session) => {
        const at = session.now();
        session.memory.lastMove = await watchMove(session, () => session.reply(customerId, body));
        session.memory.ownSkip = findOwnSkip(session, customerId, body, at) ?? session.memory.ownSkip;
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

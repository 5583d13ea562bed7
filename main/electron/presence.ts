import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import { engineStopped, findNeeds, makeRestartNeed, type Need, type ShopFacts } from './needs.ts';
import type { News, Told } from './notifications.ts';
import { createNotifier } from './notifier.ts';
import { watchShop, type EngineCall } from './shop-watch.ts';
import { describeTray, type TrayView } from './tray-menu.ts';

type PresenceDeps = Readonly<{
  call: EngineCall;
  engine: () => EngineState;
  showTray: (view: TrayView) => void;
  showNews: (news: News) => void;
  /** Whether somebody has the window before them. */
  isWatching: () => boolean;
  wantsNews: () => boolean;
  toldBefore: Told;
  saveTold: (told: Told) => void;
  /** Never set back, ms. */
  now: () => number;
}>;

export type Presence = Readonly<{
  /** The engine, or what it knows, has changed. */
  noteChange: () => void;
  /** Somebody has just changed something and wants to see it. */
  look: () => void;
  /** Somebody came to the window, and sees there what needs them. */
  noteWatching: () => void;
  stop: () => void;
}>;

/** How Heads Up shows itself while its window is away: the tray, and a notification when a person is needed. */
export function startPresence(deps: PresenceDeps): Presence {
  const { call, engine, showTray, showNews, isWatching, wantsNews, toldBefore, saveTold, now } = deps;
  let facts: ShopFacts | null = null;
  let shown: EngineState | null = null;

  const notifier = createNotifier({ show: showNews, toldBefore, saveTold, isWatching, isWanted: wantsNews, now });

  const update = (): void => {
    const state = engine();
    shown = state;
    showTray(describeTray(state, facts));
    // In practice the own shop rests, and what was told about it stays told.
    const own = facts === null || facts.status.isPractice ? null : facts;
    notifier.note(own === null ? null : [...findEngineNeeds(state), ...findNeeds(own)]);
  };

  const watch = watchShop({
    call,
    onFacts: (current) => {
      facts = current;
      update();
    },
  });
  update();
  watch.noteChange();

  return {
    noteChange: () => {
      // An engine that is away is shown at once, and cannot be asked.
      if (engine() !== shown) update();
      watch.noteChange();
    },
    look: watch.look,
    noteWatching: notifier.look,
    stop: () => {
      watch.stop();
      notifier.stop();
    },
  };
}

function findEngineNeeds(engine: EngineState): readonly Need[] {
  if (engine.state === 'stopped') return [engineStopped];
  const restartedAt = engine.state === 'running' ? engine.restartedAt : null;
  return restartedAt === null ? [] : [makeRestartNeed(restartedAt)];
}

import type { Look } from '../../../main/practice/judge-types.ts';
import { readWreck, type Wreck } from './wreck.ts';

const MINUTE_MS = 60_000;
const MOST_UNDER_WAY = 3;

/** What the harness itself knows of a shop, and the judge needs beside the ledger. */
export type ShopNotes = Readonly<{
  /** The newest wreck; null before the first one. */
  wreck: Wreck | null;
  /** Problems that showed on the way. */
  problems: readonly string[];
  looks: readonly Look[];
  forgotten: readonly Readonly<{ from: number; until: number }>[];
  /** Rows that were under way when the engine was killed, and the same for the network. */
  underWay: number;
  /** Deliveries whose connection broke while the engine lived. */
  answersLost: number;
  /** Of each key, how often a person sent it again. */
  resent: ReadonlyMap<string, number>;
}>;

export type Notebook = Readonly<{
  read: () => ShopNotes;
  addProblem: (problem: string) => void;
  beginLife: () => void;
  /** Everything is about to be looked at. */
  addRound: (round: Look) => void;
  /** That round read the whole platform. */
  addLook: (round: Look) => void;
  addBackup: (name: string, madeAt: number) => void;
  /** The newest backup is about to be restored; undefined where there is none. */
  beginRestore: (dataFolder: string) => string | undefined;
  addCut: () => void;
  /** What the engine left behind at that moment, and what follows from it. `broken`: see `Gate`. */
  lookAtWreck: (dataFolder: string, now: number, broken: readonly string[]) => void;
}>;

export function createNotebook(): Notebook {
  let wreck: Wreck | null = null;
  let underWay = 0;
  let answersLost = 0;
  let looks: Look[] = [];
  let rounds: Look[] = [];
  let restoring: { from: number } | null = null;
  const problems: string[] = [];
  const forgotten: { from: number; until: number }[] = [];
  const backups = new Map<string, number>();
  /** As often as the records said before each restore, which made the engine forget it, and as they say since then. */
  const resentBefore = new Map<string, number>();
  let resentSince = new Map<string, number>();

  function noteResent({ resent }: Wreck): void {
    for (const { key, times } of resent) resentSince.set(key, Math.max(resentSince.get(key) ?? 0, times));
  }

  function countResent(): ReadonlyMap<string, number> {
    const total = new Map(resentBefore);
    for (const [key, times] of resentSince) total.set(key, (total.get(key) ?? 0) + times);
    return total;
  }

  function takeIn(found: Wreck, now: number, broken: readonly string[]): void {
    problems.push(...found.problems.map((problem) => `at ${new Date(now).toISOString()}: ${problem}`));
    underWay += found.sending.filter((row) => !isLeftFrom(wreck, row)).length;
    answersLost += countLost(broken, found);
    noteResent(found);
    const { wholeAt } = found;
    const seen = wholeAt === null ? undefined : rounds.findLast(({ believed }) => believed <= wholeAt);
    if (seen !== undefined && wholeAt !== null && wholeAt - seen.believed < MINUTE_MS) looks.push(seen);
    if (restoring !== null && found.restored?.restoredAt !== wreck?.restored?.restoredAt) {
      const gone = { from: restoring.from, until: now + MINUTE_MS };
      forgotten.push(gone);
      looks = looks.filter(({ at }) => at < gone.from);
      restoring = null;
    }
    wreck = found;
  }

  return {
    read: () => ({ wreck, problems, looks, forgotten, underWay, answersLost, resent: countResent() }),
    addProblem: (problem) => void problems.push(problem),
    beginLife: () => {
      rounds = [];
    },
    addRound: (round) => void rounds.push(round),
    addLook: (round) => void looks.push(round),
    addBackup: (name, madeAt) => void backups.set(name, madeAt),
    beginRestore: (dataFolder) => {
      const [name, madeAt] = [...backups].at(-1) ?? [];
      if (name !== undefined && madeAt !== undefined) restoring = { from: madeAt };
      const before = readWreck(dataFolder);
      if (before !== null) noteResent(before);
      for (const [key, times] of countResent()) resentBefore.set(key, times);
      resentSince = new Map();
      return name;
    },
    addCut: () => {
      underWay += MOST_UNDER_WAY;
    },
    lookAtWreck: (dataFolder, now, broken) => {
      const found = readWreck(dataFolder);
      if (found !== null) takeIn(found, now, broken);
    },
  };
}

/** A life may end before it has turned to what the one before it left under way; that is one request, not two. */
function isLeftFrom(before: Wreck | null, { key, attemptId }: Wreck['sending'][number]): boolean {
  return before?.sending.some((row) => row.key === key && row.attemptId === attemptId) ?? false;
}

/** Those that broke because the engine died are among the rows that are under way: each explains one, and none of another. */
export function countLost(broken: readonly string[], { sending }: Pick<Wreck, 'sending'>): number {
  const died = new Set(sending.map(({ key }) => key));
  return broken.filter((key) => !died.delete(key)).length;
}

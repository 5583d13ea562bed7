import type { CrashHarness, Cut, WrongEngine } from '../../helpers/crash-harness.ts';
import type { crashPaths } from '../../helpers/crash-paths.ts';

/** A wrong engine that must be found out where it is killed, or the crash tests prove nothing. */
export type PointControl = Readonly<{
  /** What it does wrong. */
  name: string;
  on: keyof typeof crashPaths;
  wrong: WrongEngine;
  /** Where it is killed: at the first request like this, applied or not, or before the first statement that begins so. */
  killed: Readonly<{ at: RegExp }> | Readonly<{ before: string }>;
  finds: RegExp;
}>;

const atAnEvent = { at: /^POST .*\/events$/ };
const atTheSkip = { at: /^PUT .*\/skip$/ };
const atTheUnskip = { at: /^PUT .*\/unskip$/ };
const recovers = (sqlAtRecovery: string): WrongEngine => ({ sqlAtRecovery });
const commitsEachStatement: WrongEngine = { commitsEachStatement: true };

export const pointControls: readonly PointControl[] = [
  {
    name: 'it sends again what was under way',
    on: 'send',
    wrong: recovers("UPDATE deliveries SET state = 'waiting' WHERE state = 'sending'"),
    killed: atAnEvent,
    finds: /"applied".*duplicate: upcoming:.* reached Postscript 2 times/,
  },
  {
    name: 'it takes for accepted what was under way',
    on: 'send',
    wrong: recovers("UPDATE deliveries SET state = 'accepted' WHERE state = 'sending'"),
    killed: atAnEvent,
    finds: /"lost".*lost: upcoming:.* is accepted, and not there/,
  },
  {
    name: 'a claim is not one commit with its attempt',
    on: 'send',
    wrong: commitsEachStatement,
    killed: { before: 'INSERT INTO attempts' },
    finds: /1 rows are sending, with 0 attempts/,
  },
  {
    name: 'an answer is not one commit with its delivery',
    on: 'send',
    wrong: commitsEachStatement,
    killed: { before: 'UPDATE attempts SET outcome' },
    finds: /0 rows are sending, with 1 attempts/,
  },
  {
    name: 'a page of a sync is not one commit',
    on: 'sync',
    wrong: commitsEachStatement,
    killed: { before: 'INSERT INTO deliveries' },
    finds: /lost: /,
  },
  {
    name: 'it reads the replies from the beginning and decides them anew',
    on: 'reply',
    wrong: recovers(
      "DELETE FROM replies; INSERT INTO marks VALUES ('reply_cursor', 'ahead') ON CONFLICT DO UPDATE SET value = 'ahead'",
    ),
    killed: { at: /^GET \/responses$/ },
    finds: /replies on record: \[\]/,
  },
  {
    name: 'a decision about a reply is not one commit with its skip',
    on: 'reply',
    wrong: commitsEachStatement,
    killed: { before: 'UPDATE replies SET keyword' },
    finds: /0 replies wait for a skip, and 1 skips are open/,
  },
  {
    name: 'it forgets what it had asked the platform',
    on: 'skip',
    wrong: recovers("UPDATE skips SET state = 'planned', puts = 0 WHERE state = 'sent'"),
    killed: atTheSkip,
    finds: /"applied".*lost: skipped:.* is not on record/,
  },
  {
    name: 'it gives up a skip that may not have been applied',
    on: 'skip',
    wrong: recovers("UPDATE skips SET state = 'verified' WHERE state = 'sent'"),
    killed: atTheSkip,
    finds: /"lost".*skips applied: \[\]/,
  },
  {
    name: 'a skip that was made is not one commit with its confirmation',
    on: 'skip',
    wrong: commitsEachStatement,
    killed: { before: 'INSERT INTO deliveries' },
    finds: /lost: skipped:/,
  },
  {
    name: 'it forgets what it had asked to be taken back',
    on: 'undo',
    wrong: recovers("UPDATE skips SET state = 'undo_planned', puts = 0 WHERE state = 'undo_sent'"),
    killed: atTheUnskip,
    finds: /"applied".*reply .* is undo_found/,
  },
  {
    name: 'it takes a skip for taken back that may not be',
    on: 'undo',
    wrong: recovers("UPDATE skips SET state = 'undone' WHERE state = 'undo_sent'"),
    killed: atTheUnskip,
    finds: /"lost".*unskips applied: \[\]/,
  },
  {
    name: 'an undo is not one commit with what its reply says',
    on: 'undo',
    wrong: commitsEachStatement,
    killed: { before: 'UPDATE replies SET' },
    finds: /replies wait for a skip/,
  },
];

/** How often it was found out. */
export async function runPointControl(harness: CrashHarness, control: PointControl): Promise<number> {
  const { findings } = await harness.cut(cutsOf(harness, control), control.wrong);
  return findings.filter((finding) => control.finds.test(finding)).length;
}

function cutsOf({ requests }: CrashHarness, { killed }: PointControl): readonly Cut[] {
  if ('before' in killed) return [killed];
  const request = requests.findIndex((one) => killed.at.test(one)) + 1;
  return (['applied', 'lost'] as const).map((fate) => ({ request, fate }));
}

import { describe, expect, it } from 'vitest';
import type { CrashReport } from '../../helpers/crash-harness.ts';
import { crashPaths, type CrashPath } from '../../helpers/crash-paths.ts';
import { shareHarnesses } from './harnesses.ts';

/**
 * The harness itself is on trial here: an engine that takes up its work wrongly after a kill must be found out. Each
 * wrong recovery is put in before the real one runs.
 */

const TIMEOUT_MS = 600_000;

const harnessOf = shareHarnesses();

async function recoverWrongly(path: CrashPath, pattern: RegExp, sql: string): Promise<CrashReport> {
  const harness = await harnessOf(path);
  const request = harness.requests.findIndex((one) => pattern.test(one)) + 1;
  const fates = ['applied', 'lost'] as const;
  return harness.cut(
    fates.map((fate) => ({ request, fate })),
    sql,
  );
}

describe('a wrong recovery is found out', () => {
  it('when it sends again what was under way', { timeout: TIMEOUT_MS }, async () => {
    const { findings } = await recoverWrongly(
      crashPaths.send,
      /^POST .*\/events$/,
      "UPDATE deliveries SET state = 'waiting' WHERE state = 'sending'",
    );
    expect(findings).toEqual([expect.stringMatching(/"applied".*duplicate: upcoming:.* reached Postscript 2 times/)]);
  });

  it('when it takes for accepted what was under way', { timeout: TIMEOUT_MS }, async () => {
    const { findings } = await recoverWrongly(
      crashPaths.send,
      /^POST .*\/events$/,
      "UPDATE deliveries SET state = 'accepted' WHERE state = 'sending'",
    );
    expect(findings).toEqual([expect.stringMatching(/"lost".*lost: upcoming:.* is accepted, and not there/)]);
  });

  it('when it forgets what it had asked the platform', { timeout: TIMEOUT_MS }, async () => {
    const { findings } = await recoverWrongly(
      crashPaths.skip,
      /^PUT .*\/skip$/,
      "UPDATE skips SET state = 'planned', puts = 0 WHERE state = 'sent'",
    );
    expect(findings).toContainEqual(expect.stringMatching(/"applied".*lost: skipped:.* is not on record/));
  });

  it('when it gives up a skip that may not have been applied', { timeout: TIMEOUT_MS }, async () => {
    const { findings } = await recoverWrongly(
      crashPaths.skip,
      /^PUT .*\/skip$/,
      "UPDATE skips SET state = 'verified' WHERE state = 'sent'",
    );
    expect(findings).toContainEqual(expect.stringMatching(/"lost".*skips applied: \[\]/));
  });

  it('when it forgets what it had asked to be taken back', { timeout: TIMEOUT_MS }, async () => {
    const { findings } = await recoverWrongly(
      crashPaths.undo,
      /^PUT .*\/unskip$/,
      "UPDATE skips SET state = 'undo_planned', puts = 0 WHERE state = 'undo_sent'",
    );
    expect(findings).toContainEqual(expect.stringMatching(/"applied".*reply .* is undo_found/));
  });

  it('when it takes a skip for taken back that may not be', { timeout: TIMEOUT_MS }, async () => {
    const { findings } = await recoverWrongly(
      crashPaths.undo,
      /^PUT .*\/unskip$/,
      "UPDATE skips SET state = 'undone' WHERE state = 'undo_sent'",
    );
    expect(findings).toContainEqual(expect.stringMatching(/"lost".*unskips applied: \[\]/));
  });

  it('when it reads the replies from the beginning and decides them anew', { timeout: TIMEOUT_MS }, async () => {
    const { findings } = await recoverWrongly(
      crashPaths.reply,
      /^GET \/responses$/,
      "DELETE FROM replies; INSERT INTO marks VALUES ('reply_cursor', 'ahead') ON CONFLICT DO UPDATE SET value = 'ahead'",
    );
    expect(findings).toContainEqual(expect.stringMatching(/replies on record: \[\]/));
  });
});

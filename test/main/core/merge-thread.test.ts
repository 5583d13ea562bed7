import { describe, expect, it } from 'vitest';
import { mergeThread, readThreadCursor, toThreadCursor } from '../../../main/core/merge-thread.ts';

type Row = Readonly<{ key: number; at: number }>;
const replies: readonly Row[] = [9, 8, 7, 4, 3].map((at, index) => ({ key: 50 - index, at }));
const deliveries: readonly Row[] = [9, 6, 5, 3, 1].map((at, index) => ({ key: 80 - index, at }));

/** Reads the whole conversation page by page, as the handler does. */
function readAll(pageSize: number): string[] {
  const seen: string[] = [];
  for (let text: string | null = null, pages = 0; pages < 20; pages += 1) {
    const cursor = readThreadCursor(text);
    const below = (rows: readonly Row[], key: number) => rows.filter((row) => row.key < key).slice(0, pageSize);
    const page = mergeThread(cursor, below(replies, cursor.replies), below(deliveries, cursor.deliveries), pageSize);
    seen.push(...page.rows.map(({ kind, row }) => `${row.at} ${kind}`));
    text = toThreadCursor(page.next);
    if (text === null) return seen;
  }
  throw new Error('Expected the conversation to end');
}

describe('mergeThread', () => {
  it.each([1, 2, 3, 5, 10, 50])('leaves nothing out and shows nothing twice in pages of %i', (pageSize) => {
    expect(readAll(pageSize)).toEqual([
      // Of one instant: what was handed over answers the reply.
      '9 delivery',
      '9 reply',
      '8 reply',
      '7 reply',
      '6 delivery',
      '5 delivery',
      '4 reply',
      '3 delivery',
      '3 reply',
      '1 delivery',
    ]);
  });

  it.each([null, '', 'x', '1', '0.5', '-1.-1', 'DROP.TABLE'])('begins at the top for %j', (text) => {
    const top = { replies: Number.MAX_SAFE_INTEGER, deliveries: Number.MAX_SAFE_INTEGER };
    expect(readThreadCursor(text)).toEqual(top);
  });
});

type Keyed = Readonly<{ key: number; at: number }>;

/** How far each of the two lists was shown; a page begins below. */
export type ThreadCursor = Readonly<{ replies: number; deliveries: number }>;

const END = 0;

/**
 * One page of a conversation out of two lists that are each sorted by a falling key: by time, newest first.
 *
 * Each list is asked for as many rows as a page has, so that what is merged misses nothing. `next` is null on the last
 * page.
 */
export function mergeThread<Reply extends Keyed, Delivery extends Keyed>(
  cursor: ThreadCursor,
  replies: readonly Reply[],
  deliveries: readonly Delivery[],
  pageSize: number,
): Readonly<{
  rows: readonly (Readonly<{ kind: 'reply'; row: Reply }> | Readonly<{ kind: 'delivery'; row: Delivery }>)[];
  next: ThreadCursor | null;
}> {
  const rows: ({ kind: 'reply'; row: Reply } | { kind: 'delivery'; row: Delivery })[] = [];
  let [reply, delivery] = [0, 0];
  while (rows.length < pageSize) {
    const nextReply = replies[reply];
    const nextDelivery = deliveries[delivery];
    if (nextReply !== undefined && (nextDelivery === undefined || nextReply.at > nextDelivery.at)) {
      rows.push({ kind: 'reply', row: nextReply });
      reply += 1;
    } else if (nextDelivery !== undefined) {
      rows.push({ kind: 'delivery', row: nextDelivery });
      delivery += 1;
    } else break;
  }
  if (rows.length < pageSize) return { rows, next: null };
  return {
    rows,
    next: {
      replies: replies[reply - 1]?.key ?? cursor.replies,
      deliveries: deliveries[delivery - 1]?.key ?? cursor.deliveries,
    },
  };
}

/** From the text that a page before answered with; anything else begins at the top. */
export function readThreadCursor(text: string | null): ThreadCursor {
  const [replies = END, deliveries = END] = (text ?? '').split('.').map(Number);
  const isSound =
    Number.isSafeInteger(replies) && Number.isSafeInteger(deliveries) && replies > END && deliveries > END;
  return isSound ? { replies, deliveries } : { replies: Number.MAX_SAFE_INTEGER, deliveries: Number.MAX_SAFE_INTEGER };
}

export function toThreadCursor(cursor: ThreadCursor | null): string | null {
  return cursor === null ? null : `${cursor.replies}.${cursor.deliveries}`;
}

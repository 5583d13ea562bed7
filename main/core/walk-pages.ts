import type { PlatformPage } from '../../shared/domain/platform.ts';
import type { RemoteError, RemoteResult } from '../../shared/domain/remote.ts';
import type { Store } from './store.ts';

const PAGE_SIZE = 100;
const ROUNDS = 3;
const MOST_IDLE_PAGES = 3;
export const MOST_NAMED = 100;

export type Walk =
  | Readonly<{
      kind: 'done';
      isComplete: boolean;
      unreadable: number;
      /** Rows that could not be read, or not whole, by name and reason; no more than a log can hold. */
      named: readonly string[];
      /** The platform's own clock when the walk began: what changes from then on, a later walk has to ask for. */
      beganAt: number | null;
    }>
  | Readonly<{ kind: 'failed'; error: RemoteError }>;

/**
 * Walks a list of the platform page by page, holding one page at a time (subscription-platforms.md 1.2).
 *
 * The end is an empty page or one shorter than the size it echoes, never `totalPages`; and, so that a list that ignores
 * the page number ends too, the third page in a row without a row that is new. Rows may shift between pages
 * while we walk, so the distinct rows are counted, and when they are fewer than the total the list is walked again.
 * Every page may therefore be handled more than once.
 */
export async function walkPages<T>(
  store: Store,
  list: (page: number, pageSize: number) => Promise<RemoteResult<PlatformPage<T>>>,
  idOf: (row: T) => string,
  firstPage: number,
  handlePage: (rows: readonly T[], totalCount: number | null, answeredAt: number | null) => Promise<void>,
): Promise<Walk> {
  let unreadable = 0;
  let named: string[] = [];
  let beganAt: number | null = null;
  for (let round = 1; round <= ROUNDS; round += 1) {
    store.startWalk();
    unreadable = 0;
    named = [];
    let distinct = 0;
    let idlePages = 0;
    let total: number | null = null;
    for (let page = firstPage; ; page += 1) {
      const answer = await list(page, PAGE_SIZE);
      if (!answer.ok) return { kind: 'failed', error: answer.error };
      const { rows, received, size, totalCount, answeredAt } = answer.value;
      if (round === 1 && page === firstPage) beganAt = answeredAt;
      await handlePage(rows, totalCount, answeredAt);
      const seen = store.seeInWalk(rows.map(idOf));
      distinct += seen;
      unreadable += answer.value.unreadable.length;
      named.push(...[...answer.value.unreadable, ...answer.value.notes].slice(0, MOST_NAMED - named.length));
      idlePages = seen === 0 ? idlePages + 1 : 0;
      total = totalCount;
      if (received === 0 || received < size || idlePages === MOST_IDLE_PAGES) break;
    }
    if (total === null || distinct + unreadable >= total)
      return { kind: 'done', isComplete: true, unreadable, named, beganAt };
  }
  return { kind: 'done', isComplete: false, unreadable, named, beganAt };
}

/**
 * Finds out whether the first page is 0 or 1: the same rows on both, or a refusal of page 0, mean 1.
 *
 * Undefined when it cannot be told (no rows yet, or no answer); then 0 does no harm.
 */
export async function probeFirstPage<T>(
  list: (page: number, pageSize: number) => Promise<RemoteResult<PlatformPage<T>>>,
  idOf: (row: T) => string,
): Promise<0 | 1 | undefined> {
  const zero = await list(0, PAGE_SIZE);
  if (!zero.ok) return zero.error.kind === 'rejected' || zero.error.kind === 'not_found' ? 1 : undefined;
  if (zero.value.rows.length === 0) return undefined;
  const one = await list(1, PAGE_SIZE);
  if (!one.ok) return undefined;
  const ids = new Set(zero.value.rows.map(idOf));
  const isSame = one.value.rows.length === zero.value.rows.length && one.value.rows.every((row) => ids.has(idOf(row)));
  return isSame ? 1 : 0;
}

/** Read from the answer to "changed after a far future": nothing, without an error, means that the filter works. */
export function isFilterHonoured(answer: RemoteResult<PlatformPage<unknown>>): boolean | undefined {
  if (answer.ok) return answer.value.received === 0;
  return answer.error.kind === 'rejected' ? false : undefined;
}

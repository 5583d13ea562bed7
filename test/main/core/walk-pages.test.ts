import { describe, expect, it } from 'vitest';
import { isFilterHonoured, probeFirstPage, walkPages } from '../../../main/core/walk-pages.ts';
import type { PlatformPage } from '../../../shared/domain/platform.ts';
import type { RemoteError, RemoteResult } from '../../../shared/domain/remote.ts';
import { openTestStore } from '../../helpers/core-shop.ts';

const refusal = { message: 'no', fieldErrors: [], retryAfterMs: null, body: null };
const rejected: RemoteError = { ...refusal, kind: 'rejected', status: 400 };
const silent: RemoteError = { ...refusal, kind: 'no_answer', status: null };
const numbers = (count: number): string[] => Array.from({ length: count }, (_, number) => `row-${number}`);

type List = (page: number, pageSize: number) => RemoteResult<PlatformPage<string>>;

/** A list that keeps its word. `most` is the page size that the service allows. */
function listOf(rows: readonly string[], { base = 0, most = 100 } = {}): List {
  return (page, wanted) => {
    const size = Math.min(wanted, most);
    const from = Math.max(0, page - base) * size;
    const shown = rows.slice(from, from + size);
    return {
      ok: true,
      value: {
        rows: shown,
        unreadable: [],
        notes: [],
        received: shown.length,
        size,
        totalCount: rows.length,
        answeredAt: null,
      },
    };
  };
}

async function setUp(list: List, firstPage = 0) {
  const { store } = openTestStore();
  const pages: number[] = [];
  const rows = new Set<string>();
  const walk = await walkPages(
    store,
    (page, size) => {
      pages.push(page);
      if (pages.length > 100) throw new Error('This walk does not end');
      return Promise.resolve(list(page, size));
    },
    (row) => row,
    firstPage,
    (page) => {
      for (const row of page) rows.add(row);
      return Promise.resolve();
    },
  );
  return { walk, pages, rows };
}

const complete = { kind: 'done', isComplete: true, unreadable: 0, named: [], beganAt: null };

describe('walkPages', () => {
  it.each([
    ['ends with a page that is not full', numbers(250), [0, 1, 2]],
    ['ends with an empty page after a full one', numbers(200), [0, 1, 2]],
    ['ends at once with an empty list', [], [0]],
  ])('%s', async (_, rows, pages) => {
    const walked = await setUp(listOf(rows));
    expect(walked).toEqual({ walk: complete, pages, rows: new Set(rows) });
  });

  it('goes by the page size that the answer echoes', async () => {
    const { walk, pages, rows } = await setUp(listOf(numbers(130), { most: 50 }));
    expect({ walk, pages, count: rows.size }).toEqual({ walk: complete, pages: [0, 1, 2], count: 130 });
  });

  it('begins where the service begins to count', async () => {
    const { pages, rows } = await setUp(listOf(numbers(130), { base: 1 }), 1);
    expect({ pages, count: rows.size }).toEqual({ pages: [1, 2], count: 130 });
  });

  it('walks again when rows stayed hidden, and is complete when it has seen them all', async () => {
    let asked = 0;
    const list = listOf(numbers(150));
    const { walk, pages, rows } = await setUp((page, size) => {
      asked += 1;
      const answer = list(page, size);
      // While the first round is under way, the second page slides by two rows.
      if (asked !== 2 || !answer.ok) return answer;
      return { ok: true, value: { ...answer.value, rows: answer.value.rows.slice(2), received: 48 } };
    });
    expect({ walk, pages, count: rows.size }).toEqual({ walk: complete, pages: [0, 1, 0, 1], count: 150 });
  });

  it('says so when rows stay hidden', async () => {
    const list = listOf(numbers(20));
    const { walk, pages } = await setUp((page, size) => {
      const answer = list(page, size);
      return answer.ok ? { ok: true, value: { ...answer.value, totalCount: 21 } } : answer;
    });
    expect({ walk, pages }).toEqual({ walk: { ...complete, isComplete: false }, pages: [0, 0, 0] });
  });

  it('counts every row that could not be read as seen, and names the first', async () => {
    const broken = Array.from({ length: 150 }, (_, number) => `subscription ${number}: createdDate is missing`);
    const { walk } = await setUp(() => ({
      ok: true,
      value: { rows: [], unreadable: broken, notes: [], received: 50, size: 100, totalCount: 150, answeredAt: null },
    }));
    expect(walk).toEqual({ ...complete, unreadable: 150, named: broken.slice(0, 100) });
  });

  it('ends also when the service ignores the page number', async () => {
    const always = listOf(numbers(500));
    const { walk, pages } = await setUp((_page, size) => always(0, size));
    expect(walk).toMatchObject({ isComplete: false });
    expect(pages.length).toBeLessThan(20);
  });

  it('stops with the error of a page', async () => {
    const list = listOf(numbers(250));
    const { walk } = await setUp((page, size) => (page === 1 ? { ok: false, error: silent } : list(page, size)));
    expect(walk).toEqual({ kind: 'failed', error: silent });
  });
});

describe('probeFirstPage', () => {
  it.each<[string, List, 0 | 1 | undefined]>([
    ['0 where the pages differ', listOf(numbers(250)), 0],
    ['0 where the second page is empty', listOf(numbers(20)), 0],
    ['1 where both pages are the same', listOf(numbers(250), { base: 1 }), 1],
    ['1 where page 0 is refused', (page) => (page === 0 ? { ok: false, error: rejected } : listOf([])(1, 1)), 1],
    ['unknown in an empty shop', listOf([]), undefined],
    ['unknown when nobody answers', () => ({ ok: false, error: silent }), undefined],
  ])('says %s', async (_, list, base) => {
    expect(
      await probeFirstPage(
        (page, size) => Promise.resolve(list(page, size)),
        (row) => row,
      ),
    ).toBe(base);
  });
});

describe('isFilterHonoured', () => {
  it('believes an empty answer, and neither rows nor a refusal', () => {
    expect(isFilterHonoured(listOf([])(0, 1))).toBe(true);
    expect(isFilterHonoured(listOf(numbers(3))(0, 1))).toBe(false);
    expect(isFilterHonoured({ ok: false, error: rejected })).toBe(false);
    expect(isFilterHonoured({ ok: false, error: silent })).toBeUndefined();
  });
});

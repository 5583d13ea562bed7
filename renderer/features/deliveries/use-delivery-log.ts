import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { DeliveryRow } from '../../../shared/ipc/schemas.ts';
import { deliveriesKey, fetchDeliveries, followQuery } from './queries.ts';

type Page = Output<'deliveries.list'>;

/** Rows around the screen are asked for again when something changes, in blocks, so that scrolling asks rarely. */
const BLOCK = 30;

export type DeliveryLog = Readonly<{
  list: Readonly<{ data: readonly DeliveryRow[] | undefined; error: Error | null; refetch: () => unknown }>;
  hasMore: boolean;
  isLoadingMore: boolean;
  isSearchCut: boolean;
  /** How many have come in since that the list does not show. */
  newer: number;
  onMore: () => void;
  onShowNewest: () => void;
  /** The first row on the screen, as the reader scrolls. */
  onLookAt: (index: number) => void;
}>;

/**
 * The log, page by page, live without moving under the reader.
 *
 * What was read stays where it is: changes are written over the rows on the screen, and new rows are only counted,
 * until the reader asks for them.
 */
export function useDeliveryLog(filter: DeliveryFilter): DeliveryLog {
  const client = useQueryClient();
  const queryKey = deliveriesKey(filter);
  const [block, setBlock] = useState(0);
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchDeliveries(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // Never asked for again behind the reader's back; another visit begins at the top.
    staleTime: 'static',
    gcTime: 0,
  });
  const read = useMemo(() => pages.data?.pages.flatMap(({ rows }) => rows), [pages.data]);

  const newest = read?.[0];
  const start = Math.max(0, (block - 1) * BLOCK);
  const follow = useQuery({
    ...followQuery({
      filter,
      newest: newest === undefined ? null : { createdAt: newest.createdAt, id: newest.id },
      ids: read?.slice(start, start + 3 * BLOCK).map(({ id }) => id) ?? [],
    }),
    enabled: read !== undefined,
  });
  const rows = useMemo(() => {
    const fresh = new Map(follow.data?.rows.map((row) => [row.id, row]));
    return read?.map((row) => fresh.get(row.id) ?? row);
  }, [read, follow.data]);

  return {
    list: { data: rows, error: pages.error, refetch: () => pages.refetch() },
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    isSearchCut: pages.data?.pages.at(-1)?.isSearchCut ?? false,
    // While the next answer is awaited, the last one is about another newest row.
    newer: follow.isPlaceholderData || pages.isRefetching ? 0 : (follow.data?.newer ?? 0),
    onMore: () => void pages.fetchNextPage(),
    onShowNewest: () => {
      client.setQueryData<InfiniteData<Page, string | null>>(queryKey, (data) =>
        data === undefined ? data : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
      );
      setBlock(0);
      void pages.refetch();
    },
    onLookAt: (index) => setBlock(Math.floor(index / BLOCK)),
  };
}

import { useInfiniteQuery, useQueryClient, type InfiniteData, type QueryKey } from '@tanstack/react-query';

type Page<Row> = Readonly<{ rows: Row[]; nextCursor: string | null }>;

type PagedList<Row> = Readonly<{
  list: Readonly<{ data: Row[] | undefined; error: Error | null; refetch: () => unknown }>;
  hasMore: boolean;
  isLoading: boolean;
  /** Changes came in while the reader was on later pages; see `refreshQuietly`. */
  hasChanged: boolean;
  onMore: () => void;
  onRefresh: () => void;
}>;

/** A list that is read page by page, newest first. */
export function usePagedList<Row>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | null) => Promise<Page<Row>>,
): PagedList<Row> {
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

  return {
    list: {
      data: query.data?.pages.flatMap(({ rows }) => rows),
      error: query.error,
      refetch: () => query.refetch(),
    },
    hasMore: query.hasNextPage,
    isLoading: query.isFetchingNextPage,
    hasChanged: query.isStale && !query.isFetching && (query.data?.pages.length ?? 0) > 1,
    onMore: () => void query.fetchNextPage(),
    onRefresh: () => {
      client.setQueryData<InfiniteData<Page<Row>, string | null>>(queryKey, (data) =>
        data === undefined ? data : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
      );
      void client.invalidateQueries({ queryKey });
    },
  };
}

import { QueryClient, type Query } from '@tanstack/react-query';

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The engine is on this computer: being offline must not pause a call to it.
        networkMode: 'always',
        // The engine owns retries.
        retry: false,
        // What is shown stays true until the engine says that something changed.
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** True for a list that the reader has paged into: fetching it again would move what they are reading. */
function isPagedInto(query: Query): boolean {
  const data: unknown = query.state.data;
  return (
    typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages) && data.pages.length > 1
  );
}

/** Asks again for everything on screen; long lists are only marked as changed, and their screen offers the refresh. */
export async function refreshQuietly(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ predicate: (query) => !isPagedInto(query) }),
    client.invalidateQueries({ predicate: isPagedInto, refetchType: 'none' }),
  ]);
}

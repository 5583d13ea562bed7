import { Stack } from '@mantine/core';
import { ErrorNotice } from './error-notice.tsx';

type LoadedProps<T> = Readonly<{
  query: Readonly<{ data: T | undefined; error: Error | null; refetch: () => unknown }>;
  /** "The deliveries": the subject of "… could not be read". */
  what: string;
  skeleton: React.ReactNode;
  children: (data: T) => React.ReactNode;
}>;

/** The states of a query in their one order: what is known is shown, even when asking again failed. */
export function Loaded<T>({ query, what, skeleton, children }: LoadedProps<T>): React.JSX.Element {
  const notice = query.error !== null && (
    <ErrorNotice error={query.error} title={`${what} could not be read`} onRetry={() => void query.refetch()} />
  );
  if (query.data === undefined) return <>{notice === false ? skeleton : notice}</>;
  if (notice === false) return <>{children(query.data)}</>;
  return (
    <Stack>
      {notice}
      {children(query.data)}
    </Stack>
  );
}

import { Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { formatCount } from '../../shared/domain/counts.ts';

type LoadMoreProps = Readonly<{
  shown: number;
  /** "delivery", for the count. */
  one: string;
  many: string;
  /** What the end of the list is, in words. */
  lastOne?: string;
  hasMore: boolean;
  isLoading: boolean;
  /** Something changed since the list was read, and it was not refreshed under the reader's eyes. */
  hasChanged: boolean;
  onMore: () => void;
  onRefresh: () => void;
}>;

/** The end of a list that is read page by page. */
export function LoadMore(props: LoadMoreProps): React.JSX.Element {
  const { shown, one, many, lastOne = 'the oldest', hasMore, isLoading, hasChanged, onMore, onRefresh } = props;
  return (
    <Group justify="space-between" mt="sm" gap="sm">
      <Text size="sm" c="dimmed" aria-live="polite">
        {formatCount(shown, one, many)} shown{hasMore ? '' : `, ${lastOne} included`}
        {hasChanged ? '. The list has changed since.' : '.'}
      </Text>
      <Group gap="sm">
        {hasChanged && (
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRefresh}>
            Show the newest
          </Button>
        )}
        {hasMore && (
          <Button variant="default" loading={isLoading} onClick={onMore}>
            Load more
          </Button>
        )}
      </Group>
    </Group>
  );
}

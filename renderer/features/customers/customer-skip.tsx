import { Group, Stack, Text } from '@mantine/core';
import type { SkipState } from '../../../shared/domain/skips.ts';
import type { SkipView } from '../../../shared/ipc/replies-contract.ts';
import { TextLink } from '../../components/text-link.tsx';
import { UndoSkip } from '../../components/undo-skip.tsx';
import { formatDate } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';

const stateWords: Readonly<Record<SkipState, string>> = {
  planned: 'is about to be skipped',
  sent: 'was asked to be skipped; the platform has not confirmed it yet',
  verified: 'was skipped, and the platform confirmed it',
  found: 'had been skipped on the platform already',
  dropped: 'was not skipped',
  refused: 'was not skipped: the platform refused',
  unclear: 'may have been skipped: the platform did not say',
  undo_planned: 'was skipped, and is about to be taken back',
  undo_sent: 'was skipped, and was asked to be taken back; the platform has not confirmed it yet',
  undone: 'was skipped, and the skip was taken back',
  undo_unclear: 'was skipped, and the skip may have been taken back: the platform did not say',
};

/** One skip of ours, and the button that takes it back while that is possible. */
export function CustomerSkip({ skip }: Readonly<{ skip: SkipView }>): React.JSX.Element {
  const shopTime = useShopTime();
  const undo = useAction('replies.undoSkip');
  const { id, orderDate, newOrderDate, state, replyId, undoUntil, at } = skip;
  return (
    <Stack component="li" gap={4}>
      <Text size="sm">
        The order of {formatDate(orderDate)} {stateWords[state]}.
        {newOrderDate !== null && ` The next one was then on ${formatDate(newOrderDate)}.`}
      </Text>
      <Group gap="md">
        <Text size="xs" c="dimmed">
          {shopTime(at)}
        </Text>
        <Text size="xs">
          <TextLink to={`/replies?with=${encodeURIComponent(replyId)}`}>Reply</TextLink>
        </Text>
      </Group>
      {undoUntil !== null && (
        <UndoSkip
          until={shopTime(undoUntil)}
          isPending={undo.isPending}
          error={undo.error}
          onUndo={() => undo.mutate({ skipId: id })}
        />
      )}
    </Stack>
  );
}

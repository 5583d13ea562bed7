import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconHandStop, IconHourglass, IconMessageQuestion, IconPlayerSkipForward } from '@tabler/icons-react';
import type { ThreadItem } from '../../../shared/ipc/replies-contract.ts';
import type { ReplyView } from '../../../shared/ipc/schemas.ts';
import { Bubble } from '../../components/bubble.tsx';
import { DecisionLine } from '../../components/decision-line.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LookBadge, type Look } from '../../components/look-badge.tsx';
import { notifyUndo } from '../../components/notify.tsx';
import { UndoSkip } from '../../components/undo-skip.tsx';
import { formatDate } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import classes from './conversation.module.css';

type Keyword = NonNullable<ReplyView['keyword']>;

const keywordLooks: Readonly<Record<Keyword | 'none', Look>> = {
  SKIP: { icon: IconPlayerSkipForward, label: 'SKIP', color: 'blue' },
  OPT_OUT: { icon: IconHandStop, label: 'Opt-out', color: 'red' },
  none: { icon: IconMessageQuestion, label: 'No keyword', color: 'gray' },
};

const BODY_LIMIT = 2_000;

type ReplyItemProps = Readonly<{
  item: Extract<ThreadItem, { kind: 'reply' }>;
  onSkip: (reply: ReplyView) => void;
}>;

/** One text of the customer's, what was decided about it, and what a person can still do. */
export function ReplyItem({ item: { reply, skip }, onSkip }: ReplyItemProps): React.JSX.Element {
  const shopTime = useShopTime();
  const close = useAction('replies.ignore');
  const reopen = useAction('replies.reopen');
  const undo = useAction('replies.undoSkip');
  const { id, body, keyword, receivedAt, needsPerson } = reply;
  const undoUntil = skip?.undoUntil ?? null;
  const failed = close.error ?? reopen.error;

  async function closeWithUndo(): Promise<void> {
    await close.mutateAsync({ replyId: id });
    // Not in a callback of the call: the reply may have left the queue by now, and its callbacks with it.
    notifyUndo({ message: 'The reply is closed.', onUndo: () => reopen.mutate({ replyId: id }) });
  }

  // A failure is shown from the mutation itself.
  const closeQuietly = (): void => void closeWithUndo().catch(() => undefined);

  return (
    <div className={classes['said']}>
      <Bubble
        side="to_customer"
        note={
          <Group gap={6} component="span">
            {shopTime(receivedAt)}
            <LookBadge look={keywordLooks[keyword ?? 'none']} />
          </Group>
        }
      >
        {body === '' ? 'The text was erased.' : body.length > BODY_LIMIT ? `${body.slice(0, BODY_LIMIT)}…` : body}
      </Bubble>
      <Stack gap="xs" className={classes['did']}>
        <Decision reply={reply} />
        {needsPerson && (
          <Group gap="sm">
            <Button size="xs" variant="default" onClick={() => onSkip(reply)}>
              Skip an order…
            </Button>
            <Button size="xs" variant="default" loading={close.isPending} onClick={closeQuietly}>
              Close
            </Button>
          </Group>
        )}
        {skip !== null && undoUntil !== null && (
          <UndoSkip
            until={shopTime(undoUntil)}
            isPending={undo.isPending}
            error={undo.error}
            onUndo={() => undo.mutate({ skipId: skip.id })}
          />
        )}
        {failed !== null && <ErrorNotice error={failed} title="The reply stays as it is" />}
      </Stack>
    </div>
  );
}

function Decision({ reply }: Readonly<{ reply: ReplyView }>): React.JSX.Element {
  const { reason, detail, orderDate, newOrderDate } = reply;
  if (reason === null) {
    return (
      <Group gap="xs">
        <IconHourglass size={18} aria-hidden />
        <Text size="sm">Being handled.</Text>
      </Group>
    );
  }
  return (
    <>
      <DecisionLine reason={reason} detail={detail} />
      {orderDate !== null && (
        <Group gap="xs">
          <Badge color="gray">Order {formatDate(orderDate)}</Badge>
          {newOrderDate !== null && <Badge color="green">Next order {formatDate(newOrderDate)}</Badge>}
        </Group>
      )}
    </>
  );
}

import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconHandStop, IconHourglass, IconMessageQuestion, IconPlayerSkipForward } from '@tabler/icons-react';
import type { ReplyView } from '../../../shared/ipc/schemas.ts';
import { Bubble } from '../../components/bubble.tsx';
import { Clip } from '../../components/clip.tsx';
import { DecisionLine } from '../../components/decision-line.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LookBadge, type Look } from '../../components/look-badge.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import classes from './reply-card.module.css';

type Keyword = NonNullable<ReplyView['keyword']>;

const keywordLooks: Readonly<Record<Keyword | 'none', Look>> = {
  SKIP: { icon: IconPlayerSkipForward, label: 'SKIP', color: 'blue' },
  OPT_OUT: { icon: IconHandStop, label: 'Opt-out', color: 'red' },
  none: { icon: IconMessageQuestion, label: 'No keyword', color: 'gray' },
};

const BODY_LIMIT = 2_000;

export function ReplyCard({ reply, onSkip }: Readonly<{ reply: ReplyView; onSkip: () => void }>): React.JSX.Element {
  const shopTime = useShopTime();
  const close = useAction('replies.ignore');
  const { id, customerId, customerName, phone, body, keyword, receivedAt, needsPerson } = reply;
  const name = <Clip text={customerName === '' ? phone : customerName} />;

  return (
    <Paper component="li" withBorder p="md" className={classes['card']}>
      <div className={classes['said']}>
        <Group gap="xs" mb={6} wrap="nowrap">
          <Text span size="sm" fw={600} className={classes['name']}>
            {customerId === null ? (
              name
            ) : (
              <TextLink to={`/customers/${encodeURIComponent(customerId)}`}>{name}</TextLink>
            )}
          </Text>
          <LookBadge look={keywordLooks[keyword ?? 'none']} />
        </Group>
        <Bubble side="to_customer" note={`${phone}, ${shopTime(receivedAt)}`}>
          {body.length > BODY_LIMIT ? `${body.slice(0, BODY_LIMIT)}…` : body}
        </Bubble>
      </div>
      <Stack gap="xs" className={classes['did']}>
        <Decision reply={reply} />
        {needsPerson && (
          <Group gap="sm">
            <Button size="xs" variant="default" onClick={onSkip}>
              Skip an order…
            </Button>
            <Button size="xs" variant="default" loading={close.isPending} onClick={() => close.mutate({ replyId: id })}>
              Close
            </Button>
          </Group>
        )}
        {close.error !== null && <ErrorNotice error={close.error} title="The reply could not be closed" />}
      </Stack>
    </Paper>
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

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { triggers } from '../../../shared/domain/triggers.ts';
import type { ConversationView, ThreadItem } from '../../../shared/ipc/replies-contract.ts';
import type { ReplyView } from '../../../shared/ipc/schemas.ts';
import { Bubble, estimateNote } from '../../components/bubble.tsx';
import { Clip } from '../../components/clip.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useShopTime } from '../../lib/status.ts';
import { usePagedList } from '../../lib/use-paged-list.ts';
import classes from './conversation.module.css';
import { conversationKey, fetchConversation } from './queries.ts';
import { ReplyItem } from './reply-item.tsx';

type ConversationProps = Readonly<{
  replyId: string;
  /** True when a person has just opened it: then that is where the focus goes. */
  takesFocus: boolean;
  onSkip: (reply: ReplyView) => void;
}>;

/** What a customer texted and what Postscript accepted for that number, in the order of time. */
export function Conversation({ replyId, takesFocus, onSkip }: ConversationProps): React.JSX.Element {
  const { list, hasMore, isLoading, onMore, hasChanged, onRefresh } = usePagedList(
    conversationKey(replyId),
    async (cursor) => {
      const { conversation, rows, nextCursor } = await fetchConversation(replyId, cursor);
      return { rows: rows.map((item) => ({ conversation, item })), nextCursor };
    },
  );
  return (
    <Paper component="section" withBorder p="md" aria-label="Conversation" className={classes['pane']}>
      <Loaded query={list} what="The conversation" skeleton={<RowSkeletons rows={4} height={72} />}>
        {(rows) => (
          <Stack>
            {rows[0] !== undefined && <Head conversation={rows[0].conversation} takesFocus={takesFocus} />}
            {(hasMore || hasChanged) && (
              <Group gap="sm">
                {hasMore && (
                  <Button size="xs" variant="default" loading={isLoading} onClick={onMore}>
                    Load earlier ones
                  </Button>
                )}
                {hasChanged && (
                  <Button size="xs" variant="default" onClick={onRefresh}>
                    Show the newest
                  </Button>
                )}
              </Group>
            )}
            <ol className={classes['thread']}>
              {rows.toReversed().map(({ item }) => (
                <li key={item.kind === 'reply' ? item.reply.id : item.deliveryId}>
                  {item.kind === 'reply' ? <ReplyItem item={item} onSkip={onSkip} /> : <DeliveryItem item={item} />}
                </li>
              ))}
            </ol>
            {rows.some(({ item }) => item.kind === 'delivery') && (
              <Text size="xs" c="dimmed">
                {estimateNote} Whether a text went out is Postscript’s to say.
              </Text>
            )}
          </Stack>
        )}
      </Loaded>
    </Paper>
  );
}

type HeadProps = Readonly<{ conversation: ConversationView; takesFocus: boolean }>;

function Head({ conversation, takesFocus }: HeadProps): React.JSX.Element {
  const { customerId, customerName, phone } = conversation;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);
  return (
    <Group justify="space-between" align="baseline" gap="sm" wrap="nowrap">
      <Title order={2} ref={title} tabIndex={-1} className={classes['title']}>
        {customerId === null ? (
          <Clip text={phone} />
        ) : (
          <TextLink to={`/customers/${encodeURIComponent(customerId)}`}>
            <Clip text={customerName === '' ? phone : customerName} />
          </TextLink>
        )}
      </Title>
      <Text size="sm" c="dimmed" style={{ flex: 'none' }}>
        {customerId === null ? 'No customer has this number' : phone}
      </Text>
    </Group>
  );
}

function DeliveryItem({ item }: Readonly<{ item: Extract<ThreadItem, { kind: 'delivery' }> }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { deliveryId, trigger, text, at } = item;
  return (
    // The bubble's sides are a phone's: seen from the shop, what the shop said is on the right.
    <Bubble
      side="from_customer"
      note={
        <>
          Handed to Postscript, {shopTime(at)}.{' '}
          <TextLink to={`/deliveries?id=${deliveryId}`}>{triggers[trigger].title}</TextLink>
        </>
      }
    >
      {text}
    </Bubble>
  );
}

import { Button, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft, IconMessageCheck, IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { ReplyView } from '../../../shared/ipc/schemas.ts';
import { Empty } from '../../components/empty.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { usePagedList } from '../../lib/use-paged-list.ts';
import { ConversationList } from './conversation-list.tsx';
import { Conversation } from './conversation.tsx';
import { conversationsKey, fetchConversations } from './queries.ts';
import classes from './replies-screen.module.css';
import { SkipDialog } from './skip-dialog.tsx';

/** Two panes; on a narrow window the conversation that was opened takes the place of the list. */
export function RepliesScreen(): React.JSX.Element {
  const [params, setParams] = useSearchParams();
  const onlyNeedsPerson = params.get('needs') === 'person';
  const opened = params.get('with');
  const isWide = useMediaQuery('(min-width: 64em)', true, { getInitialValueInEffect: false });
  const { list, ...paging } = usePagedList(conversationsKey(onlyNeedsPerson), (cursor) =>
    fetchConversations(onlyNeedsPerson, cursor),
  );
  const [skipFor, setSkipFor] = useState<ReplyView | null>(null);
  const filter = onlyNeedsPerson ? 'needs=person' : '';
  const linkTo = (id: string): string =>
    `/replies?${[filter, `with=${encodeURIComponent(id)}`].filter((part) => part !== '').join('&')}`;

  return (
    <Screen
      title="Replies"
      description="What customers texted back, what was done about it, and what a person should read."
    >
      <SegmentedControl
        aria-label="Which conversations"
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'all', label: 'Every conversation' },
          { value: 'person', label: 'Needs a person' },
        ]}
        value={onlyNeedsPerson ? 'person' : 'all'}
        onChange={(value) => setParams(value === 'person' ? { needs: 'person' } : {})}
      />
      <Loaded query={list} what="The conversations" skeleton={<RowSkeletons rows={6} height={84} />}>
        {(rows) => {
          const shown = opened ?? (isWide ? (rows[0]?.id ?? null) : null);
          if (rows.length === 0 && opened === null) {
            return <NoReplies onlyNeedsPerson={onlyNeedsPerson} onShowAll={() => setParams({})} />;
          }
          return (
            <div className={classes['panes']}>
              {(isWide || shown === null) && (
                <div>
                  <Paper withBorder component="nav" aria-label="Conversations">
                    <ConversationList conversations={rows} openId={shown} linkTo={linkTo} />
                    {rows.length === 0 && (
                      <Text size="sm" c="dimmed" p="md">
                        Nothing else needs a person.
                      </Text>
                    )}
                  </Paper>
                  <LoadMore shown={rows.length} one="conversation" many="conversations" {...paging} />
                </div>
              )}
              {!isWide && opened !== null && (
                <Group gap={4} component="nav" aria-label="Way back">
                  <IconArrowLeft size={16} aria-hidden />
                  <Text size="sm">
                    <TextLink to={`/replies?${filter}`}>Conversations</TextLink>
                  </Text>
                </Group>
              )}
              {shown !== null && (
                <Conversation key={shown} replyId={shown} takesFocus={opened !== null} onSkip={setSkipFor} />
              )}
            </div>
          );
        }}
      </Loaded>
      <SkipDialog reply={skipFor} onClose={() => setSkipFor(null)} />
    </Screen>
  );
}

type NoRepliesProps = Readonly<{ onlyNeedsPerson: boolean; onShowAll: () => void }>;

function NoReplies({ onlyNeedsPerson, onShowAll }: NoRepliesProps): React.JSX.Element {
  return onlyNeedsPerson ? (
    <Empty
      icon={IconMessageCheck}
      title="Nothing to read"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show every conversation
        </Button>
      }
    >
      Every reply was understood or has been closed.
    </Empty>
  ) : (
    <Empty
      icon={IconMessages}
      title="No replies yet"
      action={<TextLink to="/settings/replies">Check the reply inbox</TextLink>}
    >
      When a customer answers a notice, the reply and what it led to appear here.
    </Empty>
  );
}

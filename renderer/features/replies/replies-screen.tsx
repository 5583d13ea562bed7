import { Button, SegmentedControl, Stack } from '@mantine/core';
import { IconMessageCheck, IconMessages } from '@tabler/icons-react';
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
import { fetchReplies, repliesKey } from './queries.ts';
import { ReplyCard } from './reply-card.tsx';
import { SkipDialog } from './skip-dialog.tsx';

export function RepliesScreen(): React.JSX.Element {
  const [params, setParams] = useSearchParams();
  const onlyNeedsPerson = params.get('needs') === 'person';
  const { list, ...paging } = usePagedList(repliesKey(onlyNeedsPerson), (cursor) =>
    fetchReplies(onlyNeedsPerson, cursor),
  );
  const [skipFor, setSkipFor] = useState<ReplyView | null>(null);

  return (
    <Screen
      title="Replies"
      description="What customers texted back, what was done about it, and what a person should read."
    >
      <SegmentedControl
        aria-label="Which replies"
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'all', label: 'Every reply' },
          { value: 'person', label: 'Needs a person' },
        ]}
        value={onlyNeedsPerson ? 'person' : 'all'}
        onChange={(value) => setParams(value === 'person' ? { needs: 'person' } : {})}
      />
      <Loaded query={list} what="The replies" skeleton={<RowSkeletons rows={5} height={118} />}>
        {(rows) => (
          <div>
            <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
              {rows.map((reply) => (
                <ReplyCard key={reply.id} reply={reply} onSkip={() => setSkipFor(reply)} />
              ))}
            </Stack>
            {rows.length > 0 && <LoadMore shown={rows.length} one="reply" many="replies" {...paging} />}
            {rows.length === 0 && onlyNeedsPerson && (
              <Empty
                icon={IconMessageCheck}
                title="Nothing to read"
                action={
                  <Button variant="default" onClick={() => setParams({})}>
                    Show every reply
                  </Button>
                }
              >
                Every reply was understood or has been closed.
              </Empty>
            )}
            {rows.length === 0 && !onlyNeedsPerson && (
              <Empty
                icon={IconMessages}
                title="No replies yet"
                action={<TextLink to="/settings">Check the reply inbox</TextLink>}
              >
                When a customer answers a notice, the reply and what it led to appear here.
              </Empty>
            )}
          </div>
        )}
      </Loaded>
      <SkipDialog reply={skipFor} onClose={() => setSkipFor(null)} />
    </Screen>
  );
}

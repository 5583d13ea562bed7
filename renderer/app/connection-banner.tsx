import { Alert, Text } from '@mantine/core';
import { IconKey, IconPlugConnectedX } from '@tabler/icons-react';
import type { ConnectionView } from '../../shared/ipc/schemas.ts';
import { connectionNames } from '../components/connection-looks.ts';
import { TextLink } from '../components/text-link.tsx';
import { useShopTime, useStatus, type Status } from '../lib/status.ts';

type Name = ConnectionView['name'];

/** What a shop does without one of its services. */
const consequences: Readonly<Record<Name, string>> = {
  postscript:
    'Triggers wait or need a person. Smartrr is still read, notices are still planned, and replies are still answered on the platform.',
  smartrr:
    'Changes on the platform are not seen, no order is skipped, and notices wait until they can be checked. Replies are still read.',
  inbox: 'Replies are not read, so a SKIP waits. Smartrr is still read, and triggers still go out.',
};

/** A service that gives no answers or refuses ours: since when, what that means, and what happens next. */
export function ConnectionBanner({ connection }: Readonly<{ connection: ConnectionView }>): React.JSX.Element {
  const shopTime = useShopTime();
  const status = useStatus();
  const { name, state, failingSince, problem } = connection;
  const isRefused = state === 'refused';
  const BannerIcon = isRefused ? IconKey : IconPlugConnectedX;
  const since = failingSince === null ? '' : ` since ${shopTime(failingSince)}`;
  const nextTry = isRefused ? null : findNextTry(name, status);
  return (
    <Alert
      color={isRefused ? 'red' : 'orange'}
      icon={<BannerIcon aria-hidden />}
      title={`${connectionNames[name]} ${isRefused ? 'refuses us' : 'gives no clear answer'}${since}`}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {consequences[name]} {problem}
        {nextTry !== null && ` Next try ${shopTime(nextTry, 'second')}.`}{' '}
        <TextLink to="/settings/connections">Look at the connections</TextLink>
      </Text>
    </Alert>
  );
}

/** Null when it waits for something else than time: the next delivery, or a move of the practice clock. */
function findNextTry(name: Name, { sync, nextReplyPollAt, hold }: Status): number | null {
  switch (name) {
    case 'smartrr':
      return sync.nextAt;
    case 'inbox':
      return nextReplyPollAt;
    case 'postscript':
      return hold?.until ?? null;
  }
}

/** Those that a banner speaks of: a hold of the whole queue says more about Postscript than its connection does. */
export function findBrokenConnections({ connections, hold }: Status): readonly ConnectionView[] {
  return connections.filter(
    ({ name, state }) => (state === 'failing' || state === 'refused') && !(name === 'postscript' && hold !== null),
  );
}

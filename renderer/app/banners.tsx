import { Alert, Button, Text } from '@mantine/core';
import { IconClockExclamation, IconDatabaseX, IconHandStop } from '@tabler/icons-react';
import { formatCount } from '../../shared/domain/counts.ts';
import { holdTitles } from '../../shared/domain/holds.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { TextLink } from '../components/text-link.tsx';
import { useShopTime, useStatus, type Status } from '../lib/status.ts';

import { useAction } from '../lib/use-action.ts';
import { ConnectionBanner, findBrokenConnections } from './connection-banner.tsx';

type Hold = NonNullable<Status['hold']>;

/** What stops the whole shop, on every screen. */
export function Banners(): React.JSX.Element {
  const status = useStatus();
  const { hold, storage } = status;
  return (
    <div aria-live="polite" style={{ display: 'contents' }}>
      {storage.state === 'failing' && (
        <Alert color="red" icon={<IconDatabaseX aria-hidden />} title="The database cannot be written">
          <Text size="sm">{storage.message ?? 'Heads Up tries again by itself.'}</Text>
        </Alert>
      )}
      {storage.state === 'damaged' && (
        <Alert color="red" icon={<IconDatabaseX aria-hidden />} title="The database is damaged">
          <Text size="sm">{storage.message ?? 'Restore a backup before anything else.'}</Text>
        </Alert>
      )}
      {hold !== null && <HoldBanner hold={hold} />}
      {findBrokenConnections(status).map((connection) => (
        <ConnectionBanner key={connection.name} connection={connection} />
      ))}
      {status.clockSkewMs !== null && (
        <Alert color="orange" icon={<IconClockExclamation aria-hidden />} title="This computer’s clock is wrong">
          <Text size="sm">
            It is {describeSkew(status.clockSkewMs)} the services’ clocks, so send times are off by as much. Let the
            system set the clock by itself.
          </Text>
        </Alert>
      )}
    </div>
  );
}

/** "7 minutes ahead of". */
function describeSkew(aheadMs: number): string {
  return `${formatCount(Math.round(Math.abs(aheadMs) / 60_000), 'minute')} ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
}

function HoldBanner({ hold }: Readonly<{ hold: Hold }>): React.JSX.Element {
  const shopTime = useShopTime();
  const release = useAction('sending.releaseHold');
  return (
    <Alert color="orange" icon={<IconHandStop aria-hidden />} title={holdTitles[hold.kind]}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {hold.message} Held since {shopTime(hold.since, 'second')}
        {hold.until === null ? '.' : `, tried again at ${shopTime(hold.until, 'second')}.`}
        {hold.kind === 'key_refused' && (
          <>
            {' '}
            <TextLink to="/settings">Replace the key</TextLink>
          </>
        )}
      </Text>
      <Button size="xs" mt="sm" loading={release.isPending} onClick={() => release.mutate({})}>
        {hold.kind === 'storm' ? 'Release and send' : 'Try again'}
      </Button>
      {release.error !== null && <ErrorNotice error={release.error} title="The hold could not be released" />}
    </Alert>
  );
}

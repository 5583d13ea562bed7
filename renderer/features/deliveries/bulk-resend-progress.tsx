import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { IconCircleCheck, IconHandStop, IconHourglass, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tellBulkResend } from '../../../shared/domain/bulk-resends.ts';
import type { BulkResendView } from '../../../shared/ipc/deliveries-contract.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { Look } from '../../components/look-badge.tsx';
import { useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import { bulkResendQuery } from './queries.ts';

/** So long after its end its account is shown to whoever comes by; the decision log keeps it. */
const SHOWN_MS = 15 * 60_000;

const looks: Readonly<Record<BulkResendView['state'], Look>> = {
  running: { icon: IconSend, label: 'Resending', color: 'blue' },
  held: { icon: IconHourglass, label: 'The resend waits: the line is held', color: 'yellow' },
  done: { icon: IconCircleCheck, label: 'The resend is finished', color: 'green' },
  cancelled: { icon: IconHandStop, label: 'The resend was stopped', color: 'gray' },
};

/** How far the bulk resend has come. It goes on in the engine whether or not this is looked at. */
export function BulkResendProgress(): React.JSX.Element | null {
  const { data: job } = useQuery(bulkResendQuery);
  const { now } = useStatus();
  const [dismissedId, setDismissedId] = useState<number | null>(null);
  const cancel = useAction('deliveries.cancelBulkResend');
  if (job === undefined || job === null || job.id === dismissedId) return null;
  if (job.endedAt !== null && now - job.endedAt > SHOWN_MS) return null;

  const { icon: StateIcon, label, color } = looks[job.state];
  const isOver = job.endedAt !== null;
  const handled = job.resent + job.refused;
  return (
    <Alert color={color} icon={<StateIcon aria-hidden />} title={label}>
      <Text size="sm" aria-live="polite">
        {isOver ? tellBulkResend(job) : `${handled} of ${job.total} so far.`}
      </Text>
      {!isOver && <Progress value={(handled / job.total) * 100} mt="xs" aria-label="Put in line again" />}
      <Group gap="sm" mt="sm">
        {isOver ? (
          <Button size="xs" variant="default" onClick={() => setDismissedId(job.id)}>
            Dismiss
          </Button>
        ) : (
          <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
            Stop, leave the rest alone
          </Button>
        )}
      </Group>
      {cancel.error !== null && <ErrorNotice error={cancel.error} title="It could not be stopped" />}
    </Alert>
  );
}

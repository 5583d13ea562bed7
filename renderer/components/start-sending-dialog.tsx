import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { describeDueNotices } from '../../shared/domain/counts.ts';
import { call } from '../lib/call.ts';
import { useAction } from '../lib/use-action.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

type StartSendingDialogProps = Readonly<{ isOpen: boolean; onClose: () => void }>;

/** Says what switching sending on sets free before it does it. */
export function StartSendingDialog({ isOpen, onClose }: StartSendingDialogProps): React.JSX.Element {
  const setOn = useAction('sending.setOn');
  const overview = useQuery({ queryKey: ['overview'], queryFn: () => call('overview.get', {}), enabled: isOpen });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title="Switch sending on?"
      confirmLabel="Switch sending on"
      isPending={setOn.isPending}
      error={setOn.error}
      onClose={() => {
        setOn.reset();
        onClose();
      }}
      onConfirm={() => setOn.mutate({ on: true }, { onSuccess: onClose })}
    >
      {overview.data === undefined ? (
        <Skeleton height={20} />
      ) : (
        <Text fw={600}>{describeDueNotices(overview.data.noticesDueNow)}</Text>
      )}
      <Text size="sm">
        They are handed to Postscript as soon as the send window is open. After that, every trigger that is switched on
        goes out by itself. What was decided before stays as it was.
      </Text>
    </ConfirmDialog>
  );
}

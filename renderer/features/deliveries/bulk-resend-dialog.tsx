import { Checkbox, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCount } from '../../../shared/domain/counts.ts';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useAction } from '../../lib/use-action.ts';
import { bulkPlanQuery } from './queries.ts';

type BulkResendDialogProps = Readonly<{ filter: DeliveryFilter; isOpen: boolean; onClose: () => void }>;

/** Asks, because it may text people twice: how many it would be, and whether the unknown ones are among them. */
export function BulkResendDialog({ filter, isOpen, onClose }: BulkResendDialogProps): React.JSX.Element {
  const plan = useQuery({ ...bulkPlanQuery(filter), enabled: isOpen });
  const [includeUnknown, setIncludeUnknown] = useState(false);
  const start = useAction('deliveries.startBulkResend');
  const failed = plan.data?.failed ?? 0;
  const unknown = plan.data?.unknown ?? 0;
  const expected = failed + (includeUnknown ? unknown : 0);

  function close(): void {
    setIncludeUnknown(false);
    start.reset();
    onClose();
  }

  return (
    <ConfirmDialog
      isOpen={isOpen}
      title="Resend what the filter shows?"
      confirmLabel={expected === 0 ? 'Resend' : `Resend ${formatCount(expected, 'delivery', 'deliveries')}`}
      isDisabled={expected === 0}
      isPending={start.isPending}
      error={start.error}
      onClose={close}
      onConfirm={() => start.mutate({ filter, includeUnknown, expected }, { onSuccess: close })}
    >
      <Loaded query={plan} what="The number" skeleton={<Skeleton height={72} />}>
        {() => (
          <Stack gap="sm">
            {failed + unknown === 0 ? (
              <Text size="sm">
                Nothing here can be sent again: only deliveries that Postscript refused, or that have no clear answer.
              </Text>
            ) : (
              <Text size="sm">
                <strong>{formatCount(failed, 'delivery was', 'deliveries were')} refused</strong> by Postscript. They
                are put in line again bit by bit, each with the same event id; you can stop it half-way.
              </Text>
            )}
            {unknown > 0 && (
              <Checkbox
                checked={includeUnknown}
                onChange={({ currentTarget }) => setIncludeUnknown(currentTarget.checked)}
                label={`Also the ${formatCount(unknown, 'one', 'deliveries')} without a clear answer`}
                description="Postscript may have them already: then these customers may be texted twice. Check with Postscript first."
              />
            )}
          </Stack>
        )}
      </Loaded>
    </ConfirmDialog>
  );
}

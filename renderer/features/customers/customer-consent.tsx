import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LookBadge, type Look } from '../../components/look-badge.tsx';
import { call } from '../../lib/call.ts';
import { useShopTime } from '../../lib/status.ts';

/** Whether Postscript may text this customer, as far as it tells. Asked only when somebody wants to know. */
export function CustomerConsent({ id }: Readonly<{ id: string }>): React.JSX.Element {
  const ask = useMutation({ mutationFn: () => call('customers.consent', { id }) });
  return (
    <Stack gap="xs" align="flex-start">
      <div aria-live="polite" style={{ display: 'contents' }}>
        {ask.data !== undefined && <Consent answer={ask.data} />}
      </div>
      <Button size="compact-xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
        {ask.data === undefined ? 'Ask Postscript' : 'Ask again'}
      </Button>
      {ask.error !== null && (
        <ErrorNotice error={ask.error} title="Consent is not known" onRetry={() => ask.mutate()} />
      )}
    </Stack>
  );
}

function Consent({ answer }: Readonly<{ answer: Output<'customers.consent'> }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { askedAt, subscriber } = answer;
  return (
    <Stack gap={4}>
      {subscriber === null ? (
        <span>Postscript has no subscriber with this number, so it texts nobody.</span>
      ) : (
        <Group gap="xs">
          <LookBadge look={lookOf('Promotional', subscriber.canSendPromotional)} />
          <LookBadge look={lookOf('Transactional', subscriber.canSendTransactional)} />
        </Group>
      )}
      <Text size="xs" c="dimmed">
        Asked at {shopTime(askedAt)}
      </Text>
    </Stack>
  );
}

function lookOf(kind: string, canSend: boolean | null): Look {
  if (canSend === null) return { icon: IconHelpCircle, label: `${kind}: Postscript does not say`, color: 'gray' };
  return canSend
    ? { icon: IconCircleCheck, label: `${kind}: yes`, color: 'green' }
    : { icon: IconCircleX, label: `${kind}: no`, color: 'red' };
}

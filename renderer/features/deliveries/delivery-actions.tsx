import { Alert, Button, Group, Text } from '@mantine/core';
import { IconUserExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeliveryRow } from '../../../shared/ipc/schemas.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { GuideLink } from '../../components/guide-link.tsx';
import { useCommands } from '../../lib/commands.ts';
import { useAction } from '../../lib/use-action.ts';

const advice = {
  unknown: {
    title: 'Postscript may or may not have it',
    text: 'Look for this customer under Responses or Analytics in Postscript. If the text is there, mark it as accepted. If it is not, send it again.',
  },
  failed: {
    title: 'Postscript refused it',
    text: 'What it named is in the newest attempt below. Put that right first, then send it again.',
  },
} as const;

/** What only a person may decide. Other states have nothing to decide, so nothing is shown. */
export function DeliveryActions({ delivery }: Readonly<{ delivery: DeliveryRow }>): React.JSX.Element | null {
  const [isAsking, setIsAsking] = useState(false);
  const resend = useAction('deliveries.resend');
  const markAccepted = useAction('deliveries.markAccepted');
  const { id, state } = delivery;
  const isForPerson = state === 'unknown' || state === 'failed';
  const ask = (): void => setIsAsking(true);
  useCommands(
    isForPerson ? [{ id: 'delivery.resend', label: 'Resend it', group: 'This delivery', keys: 'r', run: ask }] : [],
    { isDialog: true },
  );
  if (!isForPerson) return null;

  return (
    <Alert
      color={state === 'unknown' ? 'orange' : 'red'}
      icon={<IconUserExclamation aria-hidden />}
      title={advice[state].title}
    >
      <Text size="sm">
        {advice[state].text} <GuideLink chapter="when-something-waits-for-you">More in the guide</GuideLink>
      </Text>
      <Group gap="sm" mt="sm">
        <Button size="xs" onClick={ask}>
          Resend
        </Button>
        {state === 'unknown' && (
          <Button
            size="xs"
            variant="default"
            loading={markAccepted.isPending}
            onClick={() => markAccepted.mutate({ id })}
          >
            Mark as accepted
          </Button>
        )}
      </Group>
      {markAccepted.error !== null && <ErrorNotice error={markAccepted.error} title="It could not be marked" />}
      <ConfirmDialog
        isOpen={isAsking}
        title="Resend it?"
        confirmLabel="Resend"
        isPending={resend.isPending}
        error={resend.error}
        onClose={() => {
          setIsAsking(false);
          resend.reset();
        }}
        onConfirm={() => resend.mutate({ id }, { onSuccess: () => setIsAsking(false) })}
      >
        <Text size="sm">
          {state === 'unknown'
            ? 'If Postscript has the first one after all, the customer may be texted twice. The same event id is used, which Postscript may use to drop the second.'
            : 'It is handed to Postscript once more, with the same event id.'}
        </Text>
      </ConfirmDialog>
    </Alert>
  );
}

import { Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { describeDueNotices } from '../../../shared/domain/counts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { StartSendingDialog } from '../../components/start-sending-dialog.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';

/** The one switch between planning and sending. Off is always one click; on says first what it sets free. */
export function SendingCard({ noticesDueNow }: Readonly<{ noticesDueNow: number }>): React.JSX.Element {
  const { sendingOn, hold } = useStatus();
  const [isAsking, setIsAsking] = useState(false);
  const setOn = useAction('sending.setOn');

  return (
    <Section title="Sending">
      <Switch
        size="md"
        checked={sendingOn}
        label="Hand triggers to Postscript"
        onChange={() => {
          if (sendingOn) setOn.mutate({ on: false });
          else setIsAsking(true);
        }}
      />
      <Stack gap={4} aria-live="polite">
        <Text size="sm">{explain(sendingOn, hold !== null)}</Text>
        {!sendingOn && (
          <Text size="sm" fw={600}>
            {describeDueNotices(noticesDueNow)}
          </Text>
        )}
      </Stack>
      {setOn.error !== null && <ErrorNotice error={setOn.error} title="Sending could not be switched" />}
      <Text size="sm" c="dimmed">
        Single triggers are switched under <TextLink to="/triggers">Triggers</TextLink>.{' '}
        <TextLink to="/upcoming">What goes out in the next days</TextLink> is under Upcoming.
      </Text>
      <StartSendingDialog isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </Section>
  );
}

function explain(isOn: boolean, isHeld: boolean): string {
  if (!isOn) return 'Sending is off. Changes are read and recorded, but nothing is handed to Postscript.';
  if (isHeld) return 'Sending is on, but held. The notice above says why.';
  return 'Sending is on. Triggers are handed to Postscript when they are due, within the send window.';
}

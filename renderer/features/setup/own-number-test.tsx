import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useAction } from '../../lib/use-action.ts';

/** Optional: one trigger to the merchant's own phone, which goes out at once and whatever the switch says. */
export function OwnNumberTest(): React.JSX.Element {
  const [phone, setPhone] = useState('');
  const send = useAction('triggers.sendTest');
  return (
    <Section
      title="Try it on your own phone"
      description="Optional. Hands Postscript one Upcoming Order with sample values for this number, which must be subscribed to your shop. It is marked as a test and counted nowhere."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate({ trigger: 'upcoming_order', subscriptionId: null, phone: phone.trim() });
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Your phone number"
            type="tel"
            autoComplete="tel"
            placeholder="(212) 555-0100"
            maxLength={40}
            value={phone}
            onChange={({ currentTarget }) => {
              send.reset();
              setPhone(currentTarget.value);
            }}
          />
          <Button type="submit" variant="default" loading={send.isPending} disabled={phone.trim() === ''}>
            Send the test
          </Button>
        </Group>
      </form>
      <div aria-live="polite">
        {send.data !== undefined && (
          <Text size="sm">
            The test is{' '}
            <TextLink to={`/deliveries?id=${send.data.deliveryId}`}>delivery {send.data.deliveryId}</TextLink> in the
            log. Accepted there means that Postscript has it; whether it texts is decided by your automation.
          </Text>
        )}
      </div>
      {send.error !== null && <ErrorNotice error={send.error} title="The test was not sent" />}
    </Section>
  );
}

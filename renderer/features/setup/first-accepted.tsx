import { Text } from '@mantine/core';
import { TextLink } from '../../components/text-link.tsx';
import { useStatus } from '../../lib/status.ts';
import type { Setup } from './queries.ts';

/** What the first run is for: a row of the log that Postscript has accepted. */
export function FirstAccepted({ setup }: Readonly<{ setup: Setup }>): React.JSX.Element {
  const { newestAccepted } = setup;
  const { hold } = useStatus();
  if (newestAccepted !== null) {
    return (
      <Text size="sm">
        Postscript accepted {newestAccepted.isTest ? 'a test' : 'a trigger'}:{' '}
        <TextLink to={`/deliveries?id=${newestAccepted.deliveryId}`}>see it in the log</TextLink>.
      </Text>
    );
  }
  if (hold !== null) return <Text size="sm">Sending is on, but held: {hold.message}</Text>;
  return (
    <Text size="sm">
      Nothing is accepted yet. The first trigger leaves when a notice is due and the send window is open, and then shows
      here and under <TextLink to="/deliveries">Deliveries</TextLink>.
    </Text>
  );
}

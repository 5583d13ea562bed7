import { Text } from '@mantine/core';
import { TextLink } from '../../components/text-link.tsx';

type DecisionLinksProps = Readonly<{ deliveryId: number | null; replyId: string | null }>;

/** Where a decision leads: to its delivery in the log, and to its reply in the conversation. */
export function DecisionLinks({ deliveryId, replyId }: DecisionLinksProps): React.JSX.Element {
  return (
    <>
      {deliveryId !== null && (
        <Text size="xs">
          <TextLink to={`/deliveries?id=${deliveryId}`}>Delivery {deliveryId}</TextLink>
        </Text>
      )}
      {replyId !== null && (
        <Text size="xs">
          <TextLink to={`/replies?with=${encodeURIComponent(replyId)}`}>The conversation</TextLink>
        </Text>
      )}
    </>
  );
}

import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerRow, ReplyView, SubscriptionView } from '../../../shared/ipc/schemas.ts';
import { Clip } from '../../components/clip.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { formatDate } from '../../lib/format.ts';
import { useAction } from '../../lib/use-action.ts';
import { replyCustomerQuery, replySearchQuery } from './queries.ts';

type SkipDialogProps = Readonly<{ reply: ReplyView | null; onClose: () => void }>;

/** A person decides which order a reply meant. The engine skips it as it would for a SKIP, with all its checks. */
export function SkipDialog({ reply, onClose }: SkipDialogProps): React.JSX.Element {
  const [shown, setShown] = useState(reply);
  if (reply !== null && reply !== shown) setShown(reply);
  return (
    <Dialog isOpen={reply !== null} onClose={onClose} title="Skip an order">
      {shown !== null && <SkipForm key={shown.id} reply={shown} onClose={onClose} />}
    </Dialog>
  );
}

function SkipForm({ reply, onClose }: Readonly<{ reply: ReplyView; onClose: () => void }>): React.JSX.Element {
  const [subscriptionId, setSubscriptionId] = useState<string | null>(null);
  const skip = useAction('replies.skipOrder');
  const choices = { chosen: subscriptionId, onChoose: setSubscriptionId };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (subscriptionId !== null) skip.mutate({ replyId: reply.id, subscriptionId }, { onSuccess: onClose });
      }}
    >
      <Stack>
        {reply.customerId === null ? (
          <AnyCustomer {...choices} />
        ) : (
          <KnownCustomer id={reply.customerId} {...choices} />
        )}
        <Text size="sm" c="dimmed">
          The next order of the chosen subscription is skipped on the platform. When the platform has confirmed it, the
          Skipped Order trigger goes out.
        </Text>
        {skip.error !== null && <ErrorNotice error={skip.error} title="The order was not skipped" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={skip.isPending} disabled={subscriptionId === null}>
            Skip the order
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ChoiceProps = Readonly<{ chosen: string | null; onChoose: (id: string) => void }>;

function KnownCustomer({ id, ...choices }: ChoiceProps & Readonly<{ id: string }>): React.JSX.Element {
  const customer = useQuery(replyCustomerQuery(id));
  return (
    <Loaded query={customer} what="The customer's subscriptions" skeleton={<RowSkeletons rows={2} />}>
      {(data) => <Subscriptions customers={[data]} {...choices} />}
    </Loaded>
  );
}

function AnyCustomer(choices: ChoiceProps): React.JSX.Element {
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text.trim(), 250);
  const search = useQuery({ ...replySearchQuery(searched), enabled: searched !== '' });
  return (
    <>
      <TextInput
        label="Find the customer"
        description="Nobody has the phone number that this reply came from."
        placeholder="Name, e-mail or phone"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {searched !== '' && (
        <Loaded query={search} what="The customers" skeleton={<RowSkeletons rows={2} />}>
          {(customers) => <Subscriptions customers={customers.slice(0, 5)} {...choices} />}
        </Loaded>
      )}
    </>
  );
}

function Subscriptions({
  customers,
  chosen,
  onChoose,
}: ChoiceProps & Readonly<{ customers: readonly CustomerRow[] }>): React.JSX.Element {
  const choices = customers.flatMap((customer) =>
    customer.subscriptions.filter(canBeSkipped).map((subscription) => ({ customer, subscription })),
  );
  if (choices.length === 0) return <Text size="sm">No active subscription with a next order was found.</Text>;
  return (
    <Radio.Group label="Subscription" value={chosen} onChange={onChoose}>
      <Stack gap="xs" mt={4}>
        {choices.map(({ customer, subscription }) => (
          <Radio
            key={subscription.id}
            value={subscription.id}
            styles={{ labelWrapper: { minWidth: 0 }, body: { minWidth: 0 } }}
            label={
              <Clip text={subscription.productTitles.join(', ') || `Subscription ${subscription.platformNumber}`} />
            }
            description={`${customer.name.slice(0, 80)}, subscription ${subscription.platformNumber}, next order ${formatDate(subscription.nextOrderDate ?? '')}`}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function canBeSkipped({ status, nextOrderDate }: SubscriptionView): boolean {
  return status === 'ACTIVE' && nextOrderDate !== null;
}

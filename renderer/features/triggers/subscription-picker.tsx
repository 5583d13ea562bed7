import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerRow, SubscriptionView } from '../../../shared/ipc/schemas.ts';
import { Clip } from '../../components/clip.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { formatDate } from '../../lib/format.ts';
import { subscriptionSearchQuery } from './queries.ts';
import classes from './subscription-picker.module.css';

const SHOWN = 4;
const NONE = '';

type Choice = Readonly<{ customer: CustomerRow; subscription: SubscriptionView }>;

type SubscriptionPickerProps = Readonly<{
  chosen: SubscriptionView | null;
  onChoose: (subscription: SubscriptionView | null, customerPhone: string | null) => void;
}>;

/** Which subscription fills the tags. None is a choice of its own: example values. */
export function SubscriptionPicker({ chosen, onChoose }: SubscriptionPickerProps): React.JSX.Element {
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text.trim(), 250);
  const search = useQuery(subscriptionSearchQuery(searched));

  return (
    <Stack gap="xs">
      <TextInput
        label="Find a subscription"
        placeholder="Name, e-mail or phone"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Loaded query={search} what="The subscriptions" skeleton={<RowSkeletons rows={3} height={36} />}>
        {(customers) => <Choices choices={choicesOf(customers)} chosen={chosen} onChoose={onChoose} />}
      </Loaded>
    </Stack>
  );
}

function choicesOf(customers: readonly CustomerRow[]): Choice[] {
  return customers.flatMap((customer) => customer.subscriptions.map((subscription) => ({ customer, subscription })));
}

function Choices({
  choices,
  chosen,
  onChoose,
}: SubscriptionPickerProps & Readonly<{ choices: readonly Choice[] }>): React.JSX.Element {
  const shown = choices.slice(0, SHOWN);
  const hidden = choices.length - shown.length;
  // The chosen one stays in the list when the search has moved on, or the group would show no choice at all.
  const isShown = chosen === null || shown.some(({ subscription }) => subscription.id === chosen.id);
  return (
    <Radio.Group
      label="Subscription"
      value={chosen?.id ?? NONE}
      onChange={(id) => {
        const choice = choices.find(({ subscription }) => subscription.id === id);
        onChoose(choice?.subscription ?? null, choice?.customer.phone ?? null);
      }}
    >
      <div className={classes['choices']}>
        <Radio value={NONE} label="None: use example values" />
        {!isShown && <Radio value={chosen.id} label={`Subscription ${chosen.platformNumber}`} />}
        {shown.map(({ customer, subscription }) => (
          <Radio
            key={subscription.id}
            value={subscription.id}
            classNames={{ body: classes['body'] ?? '', labelWrapper: classes['label'] ?? '' }}
            label={<Clip text={customer.name} />}
            description={describe(subscription)}
          />
        ))}
        {hidden > 0 && (
          <Text size="xs" c="dimmed">
            {hidden} more. Type more of the name to find them.
          </Text>
        )}
      </div>
    </Radio.Group>
  );
}

function describe({ platformNumber, status, nextOrderDate }: SubscriptionView): string {
  const next = nextOrderDate === null ? status.toLowerCase() : `next order ${formatDate(nextOrderDate)}`;
  return `Subscription ${platformNumber}, ${next}`;
}

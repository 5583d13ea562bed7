import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/loaded.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { CustomerAnswer } from './customer-answer.tsx';
import { CustomerContact } from './customer-contact.tsx';
import { CustomerPrivacy } from './customer-privacy.tsx';
import { CustomerSubscriptions } from './customer-subscriptions.tsx';
import { CustomerTimeline } from './customer-timeline.tsx';
import { customerQuery } from './queries.ts';

export function CustomerScreen({ id }: Readonly<{ id: string }>): React.JSX.Element {
  const customer = useQuery(customerQuery(id));
  const name = customer.data?.name ?? 'Customer';
  return (
    <Stack gap="xs">
      <Group gap={4} component="nav" aria-label="Way back">
        <IconArrowLeft size={16} aria-hidden />
        <Text size="sm">
          <TextLink to="/customers">Customers</TextLink>
        </Text>
      </Group>
      <Screen title={name === '' ? 'Customer without a name' : name}>
        <Loaded query={customer} what="The customer" skeleton={<CustomerSkeleton />}>
          {(data) => (
            <Stack gap="md">
              <CustomerAnswer answers={data.answers} />
              <CustomerContact customer={data} />
              <CustomerSubscriptions customer={data} />
              <CustomerTimeline customer={data} />
              <CustomerPrivacy id={id} />
            </Stack>
          )}
        </Loaded>
      </Screen>
    </Stack>
  );
}

function CustomerSkeleton(): React.JSX.Element {
  return (
    <Stack gap="md">
      <Skeleton height={130} radius="md" />
      <Skeleton height={130} radius="md" />
      <Skeleton height={320} radius="md" />
    </Stack>
  );
}

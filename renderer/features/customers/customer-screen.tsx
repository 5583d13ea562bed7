import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Facts } from '../../components/facts.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Screen } from '../../components/screen.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatPhone } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { CustomerDecisions } from './customer-decisions.tsx';
import { CustomerSubscriptions } from './customer-subscriptions.tsx';
import { customerQuery, type CustomerDetail } from './queries.ts';

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
              <Contact customer={data} />
              <CustomerSubscriptions subscriptions={data.subscriptions} />
              <CustomerDecisions customerId={id} />
            </Stack>
          )}
        </Loaded>
      </Screen>
    </Stack>
  );
}

function Contact({ customer }: Readonly<{ customer: CustomerDetail }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { phone, email, knownSince, isBaseline } = customer;
  const since = shopTime(knownSince, 'second');
  return (
    <Section title="Contact">
      <Facts
        facts={[
          { label: 'Phone', value: phone === null ? 'None that can be used' : formatPhone(phone) },
          { label: 'E-mail', value: email ?? 'None' },
          {
            label: 'Known since',
            value: isBaseline ? `${since}, with the first sync: what happened before is not announced` : since,
          },
        ]}
      />
    </Section>
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

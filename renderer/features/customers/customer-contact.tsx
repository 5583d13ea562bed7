import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/section.tsx';
import { formatPhone } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { CustomerConsent } from './customer-consent.tsx';
import type { CustomerDetail } from './queries.ts';

export function CustomerContact({ customer }: Readonly<{ customer: CustomerDetail }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { id, phone, email, knownSince, isBaseline } = customer;
  const since = shopTime(knownSince, 'second');
  return (
    <Section title="Contact">
      <Facts
        facts={[
          { label: 'Phone', value: <Phone customer={customer} /> },
          { label: 'E-mail', value: email ?? 'None' },
          {
            label: 'Known since',
            value: isBaseline ? `${since}, with the first sync: what happened before is not announced` : since,
          },
          {
            label: 'Consent',
            value: phone === null ? 'Without a phone number there is nobody to ask about' : <CustomerConsent id={id} />,
          },
        ]}
      />
    </Section>
  );
}

/** Masked until somebody asks for it, and again on the next visit. */
function Phone({ customer: { phone, phoneMasked } }: Readonly<{ customer: CustomerDetail }>): React.JSX.Element {
  const [isShown, setShown] = useState(false);
  if (phone === null) return <>None that can be used</>;
  return (
    <Group gap="sm">
      <span>{isShown ? formatPhone(phone) : phoneMasked}</span>
      <Button size="compact-xs" variant="default" onClick={() => setShown(!isShown)}>
        {isShown ? 'Hide the number' : 'Show the number'}
      </Button>
    </Group>
  );
}

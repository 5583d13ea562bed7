import { Button, Group, NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { GuideLink } from '../../components/guide-link.tsx';
import { Section } from '../../components/section.tsx';
import { practiceDefaults } from '../../lib/practice-defaults.ts';
import { useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';

const MOST_CUSTOMERS = 5_000;

export function PracticeSection(): React.JSX.Element {
  const { isPractice } = useStatus();
  const start = useAction('practice.start');
  const stop = useAction('practice.stop');
  const [customers, setCustomers] = useState<number | string>(practiceDefaults.customers);
  const count = typeof customers === 'number' ? customers : Number.NaN;
  const isValid = Number.isInteger(count) && count >= 1 && count <= MOST_CUSTOMERS;

  if (isPractice) {
    return (
      <Section title="Practice shop" description="You are in the practice shop. Nothing leaves this computer.">
        {stop.error !== null && <ErrorNotice error={stop.error} title="The practice shop could not be left" />}
        <div>
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({})}>
            Leave the practice shop
          </Button>
        </div>
      </Section>
    );
  }

  return (
    <Section
      title="Practice shop"
      description={
        <>
          A made-up shop with customers, their phones, and a clock that you move. Your own shop waits while you are in
          it. <GuideLink chapter="practise-first">What to try there</GuideLink>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) start.mutate({ customers: count, seed: practiceDefaults.seed });
        }}
      >
        <Group align="flex-end" gap="sm">
          <NumberInput
            label="Customers"
            w="8rem"
            min={1}
            max={MOST_CUSTOMERS}
            allowDecimal={false}
            value={customers}
            onChange={setCustomers}
          />
          <Button type="submit" variant="default" loading={start.isPending} disabled={!isValid}>
            Start the practice shop
          </Button>
        </Group>
      </form>
      {!isValid && (
        <Text size="sm" c="var(--mantine-color-error)" aria-live="polite">
          Use a number from 1 to 5,000.
        </Text>
      )}
      {start.error !== null && <ErrorNotice error={start.error} title="The practice shop did not start" />}
    </Section>
  );
}

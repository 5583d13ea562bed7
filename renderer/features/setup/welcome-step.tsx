import { Button, List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useLocation } from 'wouter';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { GuideLink } from '../../components/guide-link.tsx';
import { Section } from '../../components/section.tsx';
import { practiceDefaults } from '../../lib/practice-defaults.ts';
import { useAction } from '../../lib/use-action.ts';
import { ConfirmButton } from './step-actions.tsx';

export function WelcomeStep(): React.JSX.Element {
  const [, navigate] = useLocation();
  const practise = useAction('practice.start');
  return (
    <>
      <Section title="What Heads Up does, and what it does not">
        <List size="sm" spacing={6}>
          <List.Item>It reads your subscriptions from Smartrr every few minutes.</List.Item>
          <List.Item>
            When something is about to happen to an order, it hands Postscript a trigger.{' '}
            <b>Postscript sends the text</b>, with the copy of your automation there.
          </List.Item>
          <List.Item>When a customer answers SKIP, it skips that order at Smartrr.</List.Item>
          <List.Item>
            <b>It has to be running for that.</b> While this computer sleeps nothing is handed over; afterwards, what is
            still in time goes out once and the rest is marked as too late.
          </List.Item>
          <List.Item>Keys, customers and the log stay on this computer.</List.Item>
        </List>
        <Text size="sm">
          <GuideLink chapter="what-heads-up-does">What Heads Up does, in the guide</GuideLink>
        </Text>
      </Section>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Paper component="section" aria-labelledby="door-own" withBorder p="md">
          <Stack gap="sm" h="100%">
            <Title order={2} id="door-own">
              Your own shop
            </Title>
            <Text size="sm" style={{ flex: 1 }}>
              You need a Postscript private key and a Smartrr API token. Nothing is sent before the last step.
            </Text>
            <ConfirmButton step="welcome">Set up my shop</ConfirmButton>
          </Stack>
        </Paper>
        <Paper component="section" aria-labelledby="door-practice" withBorder p="md">
          <Stack gap="sm" h="100%">
            <Title order={2} id="door-practice">
              The practice shop
            </Title>
            <Text size="sm" style={{ flex: 1 }}>
              A made-up shop with customers, their phones, and a clock that you move. No account is needed and nothing
              leaves this computer.
            </Text>
            {practise.error !== null && <ErrorNotice error={practise.error} title="The practice shop did not start" />}
            <div>
              <Button
                variant="default"
                loading={practise.isPending}
                onClick={() => practise.mutate(practiceDefaults, { onSuccess: () => navigate('/') })}
              >
                Look around first
              </Button>
            </div>
          </Stack>
        </Paper>
      </SimpleGrid>
    </>
  );
}

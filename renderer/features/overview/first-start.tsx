import { Button, List, Paper, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconDeviceMobileMessage, IconPlugConnected } from '@tabler/icons-react';
import { Link } from 'wouter';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Screen } from '../../components/screen.tsx';
import { practiceDefaults } from '../../lib/practice-defaults.ts';
import { useAction } from '../../lib/use-action.ts';

/** What there is to see before anything is connected: what this program does, and the two ways to begin. */
export function FirstStart(): React.JSX.Element {
  const start = useAction('practice.start');
  return (
    <Screen
      title="Welcome to Heads Up"
      description="Heads Up watches your Smartrr subscriptions, hands Postscript a trigger when something is about to happen, and skips an order when a customer answers SKIP."
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Paper component="section" aria-labelledby="way-connect" withBorder p="lg">
          <Stack gap="sm" h="100%">
            <ThemeIcon size={40} variant="light" aria-hidden>
              <IconPlugConnected size={22} />
            </ThemeIcon>
            <Title order={2} id="way-connect">
              Connect your shop
            </Title>
            <Text size="sm">
              You need a Postscript private key and a Smartrr API token. Both are checked before they are kept, and they
              stay on this computer.
            </Text>
            <List size="sm" spacing={4}>
              <List.Item>Nothing is sent until you switch sending on.</List.Item>
              <List.Item>What happened before today is never announced.</List.Item>
            </List>
            <Button component={Link} href="/setup" mt="auto" style={{ alignSelf: 'flex-start' }}>
              Set up your shop
            </Button>
          </Stack>
        </Paper>
        <Paper component="section" aria-labelledby="way-practice" withBorder p="lg">
          <Stack gap="sm" h="100%">
            <ThemeIcon size={40} variant="light" color="violet" aria-hidden>
              <IconDeviceMobileMessage size={22} />
            </ThemeIcon>
            <Title order={2} id="way-practice">
              Look around first
            </Title>
            <Text size="sm">
              The practice shop is a made-up shop with {practiceDefaults.customers} customers, their phones, and a clock
              that you move. No account is needed and nothing leaves this computer.
            </Text>
            <List size="sm" spacing={4}>
              <List.Item>See every text on the customers' phones.</List.Item>
              <List.Item>Answer SKIP as a customer and watch the order move.</List.Item>
            </List>
            {start.error !== null && <ErrorNotice error={start.error} title="The practice shop did not start" />}
            <Button
              variant="default"
              mt="auto"
              style={{ alignSelf: 'flex-start' }}
              loading={start.isPending}
              onClick={() => start.mutate(practiceDefaults)}
            >
              Start the practice shop
            </Button>
          </Stack>
        </Paper>
      </SimpleGrid>
      <Text size="sm" c="dimmed" maw="44rem">
        Texts go out from Postscript, with the copy of your automations there. Heads Up has to be running to see what
        happens and to act on replies.
      </Text>
    </Screen>
  );
}

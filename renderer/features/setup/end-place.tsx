import { Button, Group, List, Text } from '@mantine/core';
import { Link } from 'wouter';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useStatus } from '../../lib/status.ts';
import { FirstAccepted } from './first-accepted.tsx';
import { pathOf } from './places.ts';
import type { Setup } from './queries.ts';

/** What runs now, and what is worth doing next. */
export function EndPlace({ setup }: Readonly<{ setup: Setup }>): React.JSX.Element {
  const { sendingOn, connections } = useStatus();
  const hasInbox = connections.some(({ name, state }) => name === 'inbox' && state !== 'missing');
  return (
    <>
      <Section title={sendingOn ? 'Sending is on' : 'Sending is off'}>
        {sendingOn ? (
          <FirstAccepted setup={setup} />
        ) : (
          <Text size="sm">
            Changes are read and shown, but nothing is handed to Postscript.{' '}
            <TextLink to={pathOf('sending')}>Start sending</TextLink> when you are ready.
          </Text>
        )}
        <Text size="sm">Leave Heads Up running: what it does not see in time it cannot announce.</Text>
      </Section>
      {!hasInbox && (
        <Section
          title="Next: the inbox, so that SKIP works"
          description="Customers can answer a notice with SKIP only once their texts reach this computer."
        >
          <div>
            <Button component={Link} href="/settings/replies">
              Set up the inbox
            </Button>
          </div>
        </Section>
      )}
      <Section title="Also worth doing">
        <List size="sm" spacing={6}>
          <List.Item>
            <TextLink to="/triggers">Set up the automation of each trigger</TextLink>, and switch off those that you do
            not want.
          </List.Item>
          <List.Item>
            <TextLink to="/settings/backup">See what to back up</TextLink>
          </List.Item>
        </List>
      </Section>
      <Group>
        <Button component={Link} href="/" variant={hasInbox ? 'filled' : 'default'}>
          Open the overview
        </Button>
      </Group>
    </>
  );
}

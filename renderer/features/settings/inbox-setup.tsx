import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { GuideLink } from '../../components/guide-link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { useStatus } from '../../lib/status.ts';
import { ConnectionCard } from './connection-card.tsx';
import { InboxForm } from './inbox-form.tsx';
import { InboxTestPanel } from './inbox-test-panel.tsx';
import { connectionsQuery } from './queries.ts';
import { Step, StepList } from './step-list.tsx';
import { WebhookButton } from './webhook-button.tsx';

/** From no inbox to a text that provably arrives. */
export function InboxSetup(): React.JSX.Element {
  const { isPractice } = useStatus();
  const connections = useQuery(connectionsQuery);
  return (
    <Section
      title="The inbox"
      description="Postscript delivers what customers text to an address on the internet. The inbox is that address; this computer fetches from it."
    >
      {isPractice ? (
        <Text size="sm">The practice shop has an inbox of its own, which needs no set-up.</Text>
      ) : (
        <Loaded query={connections} what="The connections" skeleton={<RowSkeletons rows={4} height={60} />}>
          {(list) => <Steps inbox={list.find(({ name }) => name === 'inbox')} />}
        </Loaded>
      )}
    </Section>
  );
}

type StepsProps = Readonly<{ inbox: React.ComponentProps<typeof ConnectionCard>['connection'] | undefined }>;

function Steps({ inbox }: StepsProps): React.JSX.Element {
  const isSaved = inbox !== undefined && inbox.state !== 'missing';
  return (
    <StepList>
      <Step title="Run the inbox on a machine with HTTPS" isDone={isSaved}>
        <Text size="sm">
          It is a small program, <Code>npm run inbox</Code>, for any host that is always on. You make up two secrets for
          it. <GuideLink chapter="skip-and-the-inbox">How SKIP and the inbox work</GuideLink>
        </Text>
      </Step>
      <Step title="Save where it is and its secrets" isDone={isSaved}>
        {inbox !== undefined && (
          <Stack component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            <ConnectionCard
              connection={inbox}
              isReadOnly={false}
              renderForm={(onSaved) => <InboxForm onSaved={onSaved} />}
            />
          </Stack>
        )}
      </Step>
      <Step title="Tell Postscript to send texts there">{isSaved ? <WebhookButton /> : <NotYet />}</Step>
      <Step title="See a text arrive">{isSaved ? <InboxTestPanel /> : <NotYet />}</Step>
    </StepList>
  );
}

function NotYet(): React.JSX.Element {
  return (
    <Text size="sm" c="dimmed">
      Possible once the inbox is saved.
    </Text>
  );
}

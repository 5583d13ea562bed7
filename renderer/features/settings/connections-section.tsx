import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import type { ConnectionView } from '../../../shared/ipc/schemas.ts';
import { useStatus } from '../../lib/status.ts';
import { ConnectionCard } from './connection-card.tsx';
import { InboxForm } from './inbox-form.tsx';
import { KeyForm } from './key-form.tsx';
import { PracticeSection } from './practice-section.tsx';
import { connectionsQuery } from './queries.ts';
import { SecretStoreNote } from './secret-store-note.tsx';
import { WebhookButton } from './webhook-button.tsx';

export function ConnectionsSection(): React.JSX.Element {
  return (
    <>
      <ConnectionList />
      <PracticeSection />
    </>
  );
}

function ConnectionList(): React.JSX.Element {
  const { isPractice } = useStatus();
  const connections = useQuery(connectionsQuery);
  return (
    <Section
      title="Services"
      description="A key is checked before it is kept. Afterwards nobody can read it here, only replace or remove it."
    >
      <SecretStoreNote />
      {isPractice && (
        <Text size="sm">
          In the practice shop these are the simulated services. Leave the practice shop to change your own.
        </Text>
      )}
      <Loaded query={connections} what="The connections" skeleton={<RowSkeletons rows={3} height={88} />}>
        {(list) => (
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
            {list.map((connection) => (
              <ConnectionCard
                key={connection.name}
                connection={connection}
                isReadOnly={isPractice}
                renderForm={(onSaved) => <ConnectionForm name={connection.name} onSaved={onSaved} />}
                extra={connection.name === 'inbox' && connection.state !== 'missing' ? <WebhookButton /> : null}
              />
            ))}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

type ConnectionFormProps = Readonly<{ name: ConnectionView['name']; onSaved: () => void }>;

function ConnectionForm({ name, onSaved }: ConnectionFormProps): React.JSX.Element {
  switch (name) {
    case 'postscript':
      return (
        <KeyForm
          channel="connections.savePostscriptKey"
          toInput={(key) => ({ key })}
          label="Private key"
          hint="In Postscript under Settings, API: create a security key pair and copy the private key, not the public one."
          onSaved={onSaved}
        />
      );
    case 'smartrr':
      return (
        <KeyForm
          channel="connections.saveSmartrrToken"
          toInput={(token) => ({ token })}
          label="API token"
          hint="In the Smartrr admin under Integrations, Add Key. It must be allowed to read subscriptions and to skip orders."
          onSaved={onSaved}
        />
      );
    case 'inbox':
      return <InboxForm onSaved={onSaved} />;
  }
}

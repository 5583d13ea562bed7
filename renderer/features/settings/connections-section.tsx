import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ConnectionView } from '../../../shared/ipc/schemas.ts';
import { PostscriptKeyForm, SmartrrTokenForm } from '../../components/connect-forms.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useStatus } from '../../lib/status.ts';
import { ConnectionCard } from './connection-card.tsx';
import { PracticeSection } from './practice-section.tsx';
import { connectionsQuery } from './queries.ts';
import { SecretStoreNote } from '../../components/secret-store-note.tsx';

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
                renderForm={forms[connection.name]}
                extra={
                  connection.name === 'inbox' && (
                    <Text size="sm">
                      <TextLink to="/settings/replies">Set up and test the inbox</TextLink>
                    </Text>
                  )
                }
              />
            ))}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

const forms: Readonly<Record<ConnectionView['name'], ((onSaved: () => void) => React.ReactNode) | null>> = {
  postscript: (onSaved) => <PostscriptKeyForm onSaved={onSaved} />,
  smartrr: (onSaved) => <SmartrrTokenForm onSaved={onSaved} />,
  inbox: null,
};

import { Alert, Text } from '@mantine/core';
import { IconShieldExclamation } from '@tabler/icons-react';
import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/section.tsx';
import { useStatus, type Status } from '../../lib/status.ts';

const hostWords: Readonly<Record<Status['host'], string>> = {
  desktop: 'Desktop app',
  browser: 'Browser tab, served from this computer',
};

const storageWords: Readonly<Record<Status['storage']['state'], string>> = {
  checking: 'Being checked',
  sound: 'Sound',
  failing: 'Sound, but it cannot be written',
  damaged: 'Damaged',
};

export function ComputerSection(): React.JSX.Element {
  const { host, version, secretStore, storage } = useStatus();
  return (
    <Section title="This computer">
      {!secretStore.isSafe && (
        <Alert color="orange" icon={<IconShieldExclamation aria-hidden />} title="Keys are not kept safely here">
          <Text size="sm">{secretStore.description}</Text>
        </Alert>
      )}
      <Facts
        facts={[
          { label: 'Runs as', value: hostWords[host] },
          { label: 'Version', value: version },
          { label: 'Keys', value: secretStore.description },
          {
            label: 'Database',
            value: `${storageWords[storage.state]}${storage.message === null ? '' : `. ${storage.message}`}`,
          },
        ]}
      />
    </Section>
  );
}

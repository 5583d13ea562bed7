import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/section.tsx';
import { useStatus, type Status } from '../../lib/status.ts';
import { SecretStoreNote } from './secret-store-note.tsx';

const hostWords: Readonly<Record<Status['host'], string>> = {
  desktop: 'Desktop app',
  browser: 'Browser tab, served from this computer',
};

export function ComputerSection(): React.JSX.Element {
  const { host, version } = useStatus();
  return (
    <Section title="Program">
      <SecretStoreNote />
      <Facts
        facts={[
          { label: 'Runs as', value: hostWords[host] },
          { label: 'Version', value: version },
        ]}
      />
    </Section>
  );
}

import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/section.tsx';
import { useStatus, type Status } from '../../lib/status.ts';

const storageWords: Readonly<Record<Status['storage']['state'], string>> = {
  checking: 'Being checked',
  sound: 'Sound',
  failing: 'Sound, but it cannot be written',
  damaged: 'Damaged',
};

export function DiagnosticsSection(): React.JSX.Element {
  const { storage, version } = useStatus();
  const message = storage.message === null ? '' : `. ${storage.message}`;
  return (
    <Section title="State">
      <Facts
        facts={[
          { label: 'Version', value: version },
          { label: 'Database', value: `${storageWords[storage.state]}${message}` },
        ]}
      />
    </Section>
  );
}

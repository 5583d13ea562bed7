import { ActionIcon, CopyButton, Group } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Facts } from '../../components/facts.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { SingleKeysSwitch } from '../../components/single-keys-switch.tsx';
import type { HostName } from '../../../shared/ipc/computer-contract.ts';
import { computerQuery } from '../../lib/computer.ts';
import { AppearanceChoice } from './appearance-choice.tsx';
import { ComputerPresence } from './computer-presence.tsx';
import { ComputerUpdates } from './computer-updates.tsx';
import { SecretStoreNote } from '../../components/secret-store-note.tsx';

const hostWords: Readonly<Record<HostName, string>> = {
  desktop: 'Desktop app',
  browser: 'Browser tab, served from this computer',
};

const noSandbox =
  'Off: the window was started without it, as AppImages are where Linux does not let a program make one. ' +
  'One layer of protection is missing. The .deb package has it.';

export function ComputerSection(): React.JSX.Element {
  return (
    <>
      <Section title="Look and keys">
        <AppearanceChoice />
        <SingleKeysSwitch />
      </Section>
      <Section title="While you do other things">
        <ComputerPresence />
      </Section>
      <Section title="Program">
        <ProgramFacts />
      </Section>
      <Section title="Updates">
        <ComputerUpdates />
      </Section>
      <Section title="Keys of services">
        <SecretStoreNote />
      </Section>
    </>
  );
}

function ProgramFacts(): React.JSX.Element {
  const computer = useQuery(computerQuery);
  return (
    <Loaded query={computer} what="This computer" skeleton={<RowSkeletons rows={2} height={28} />}>
      {({ host, version, dataFolder, logFile, desktop }) => (
        <Facts
          facts={[
            { label: 'Runs as', value: hostWords[host] },
            { label: 'Version', value: version },
            ...(desktop?.hasSandbox === false ? [{ label: 'Sandbox', value: noSandbox }] : []),
            { label: 'Data folder', value: <Path path={dataFolder} name="the path of the data folder" /> },
            { label: 'Log', value: <Path path={logFile} name="the path of the log" /> },
          ]}
        />
      )}
    </Loaded>
  );
}

function Path({ path, name }: Readonly<{ path: string; name: string }>): React.JSX.Element {
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <span style={{ overflowWrap: 'anywhere' }}>{path}</span>
      <CopyButton value={path}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            size={24}
            aria-label={copied ? `Copied ${name}` : `Copy ${name}`}
            aria-live="polite"
            onClick={copy}
          >
            {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}

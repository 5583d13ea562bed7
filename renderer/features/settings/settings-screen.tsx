import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { useStatus } from '../../lib/status.ts';
import { ComputerSection } from './computer-section.tsx';
import { ConnectionsSection } from './connections-section.tsx';
import { PracticeSection } from './practice-section.tsx';
import { settingsQuery } from './queries.ts';
import { SettingsForm } from './settings-form.tsx';

export function SettingsScreen(): React.JSX.Element {
  const { isPractice } = useStatus();
  const settings = useQuery(settingsQuery(isPractice));
  return (
    <Screen
      title="Settings"
      description={
        isPractice
          ? 'These are the practice shop’s settings. Your own shop’s are untouched.'
          : 'Everything here stays on this computer.'
      }
    >
      <Stack gap="md">
        <ConnectionsSection />
        <PracticeSection />
        <Loaded query={settings} what="The settings" skeleton={<RowSkeletons rows={4} height={150} />}>
          {(data) => <SettingsForm key={String(isPractice)} settings={data} />}
        </Loaded>
        <ComputerSection />
      </Stack>
    </Screen>
  );
}

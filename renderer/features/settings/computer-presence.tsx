import { Alert, Radio, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { closeChoices, type Computer, type LaunchState } from '../../../shared/ipc/computer-contract.ts';
import type { Input } from '../../../shared/ipc/contract.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { computerQuery } from '../../lib/computer.ts';
import { useAction } from '../../lib/use-action.ts';

type Desktop = NonNullable<Computer['desktop']>;
type CloseChoice = (typeof closeChoices)[number];
type Asked = Input<'computer.save'>;

const closeWords: Readonly<Record<CloseChoice, Readonly<{ label: string; description: string }>>> = {
  ask: { label: 'Ask me', description: 'Until you choose one of the others.' },
  keep_running: { label: 'Keep running', description: 'Triggers go out as planned. The tray opens the window again.' },
  quit: { label: 'Quit Heads Up', description: 'Nothing is read or sent until it is started again.' },
};

const startsAtLogin: Readonly<Record<LaunchState, boolean>> = {
  on: true,
  needs_approval: true,
  off: false,
  switched_off: false,
  other_program: false,
  unavailable: false,
};

/** How the app is there while nobody looks at its window. */
export function ComputerPresence(): React.JSX.Element {
  const computer = useQuery(computerQuery);
  return (
    <Loaded query={computer} what="This computer" skeleton={<RowSkeletons rows={3} height={48} />}>
      {({ desktop }) =>
        desktop === null ? (
          <Text size="sm">
            A browser tab has none of this: the tray, notifications and the start at login come with the desktop app.
          </Text>
        ) : (
          <DesktopSettings desktop={desktop} />
        )
      }
    </Loaded>
  );
}

function DesktopSettings({ desktop }: Readonly<{ desktop: Desktop }>): React.JSX.Element {
  const { onClose, notifications, launchAtLogin } = desktop;
  const save = useAction('computer.save');
  // Shows what was asked for until the answer shows what is.
  const [asked, setAsked] = useState<Asked>({});
  const change = (wanted: Asked): void => {
    setAsked((before) => ({ ...before, ...wanted }));
    save.mutate(wanted, { onSettled: () => setAsked({}) });
  };
  return (
    <Stack gap="md">
      {onClose !== null && (
        <Radio.Group
          label="When the window is closed"
          value={asked.onClose ?? onClose}
          onChange={(value) => {
            const choice = closeChoices.find((each) => each === value);
            if (choice !== undefined) change({ onClose: choice });
          }}
        >
          <Stack gap="xs" mt={4}>
            {closeChoices.map((choice) => (
              <Radio key={choice} value={choice} {...closeWords[choice]} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Switch
        label="Start when I log in"
        description="Hidden: without a window, in the tray."
        checked={asked.launchAtLogin ?? startsAtLogin[launchAtLogin.state]}
        disabled={launchAtLogin.state === 'unavailable'}
        onChange={({ currentTarget }) => change({ launchAtLogin: currentTarget.checked })}
      />
      {launchAtLogin.note !== null && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {launchAtLogin.note}
          </Text>
        </Alert>
      )}
      <Switch
        label="Notifications"
        description="When something needs you and this window is not in front. At most one in 15 minutes, each thing once."
        checked={asked.notifications ?? notifications}
        onChange={({ currentTarget }) => change({ notifications: currentTarget.checked })}
      />
      {save.error !== null && <ErrorNotice error={save.error} title="The setting was not changed" />}
    </Stack>
  );
}

import { useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconDownload,
  IconFlask,
  IconKeyboard,
  IconMoon,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconRefresh,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { ErrorNotice } from '../components/error-notice.tsx';
import { useCommands, type Command } from '../lib/commands.ts';
import { computerQuery } from '../lib/computer.ts';
import { practiceDefaults } from '../lib/practice-defaults.ts';
import { useStatus } from '../lib/status.ts';
import { useAction } from '../lib/use-action.ts';
import { places } from './side-nav.tsx';

// Nobody needs these before they ask for them, so they are not part of the first load.
const Palette = lazy(async () => {
  const { Palette: palette } = await import('./palette.tsx');
  return { default: palette };
});
const KeysSheet = lazy(async () => {
  const { KeysSheet: sheet } = await import('./keys-sheet.tsx');
  return { default: sheet };
});
const StartSendingDialog = lazy(async () => {
  const { StartSendingDialog: dialog } = await import('../components/start-sending-dialog.tsx');
  return { default: dialog };
});

type Opened = 'palette' | 'keys' | 'start_sending';

/** What can be done on every screen, the palette that lists it, and what went wrong with the last of it. */
export function GlobalCommands(): React.JSX.Element {
  // Mounted at the first use and kept, so that closing is seen and gives the focus back.
  const [wanted, setWanted] = useState<ReadonlySet<Opened>>(new Set());
  const [opened, setOpened] = useState<Opened | null>(null);
  const opener = useRef<HTMLElement | null>(null);

  function open(what: Opened): void {
    const active = document.activeElement;
    // One that opens another is gone when that one closes.
    if (active instanceof HTMLElement && active.closest('[role=dialog]') === null) opener.current = active;
    setWanted((before) => new Set(before).add(what));
    setOpened((before) => (before === what ? null : what));
  }

  /** A dialog gives the focus back by itself, but not the first time: it was loaded after the focus had moved. */
  function close(): void {
    setOpened(null);
    opener.current?.focus();
  }

  /** What a command does may move the focus or open something, so nothing is given back. */
  function run(command: Command): void {
    setOpened(null);
    command.run();
  }

  const failure = useEverywhereCommands(open);
  return (
    <>
      {failure !== null && <ErrorNotice error={failure} title="That did not work" />}
      <Suspense fallback={null}>
        {wanted.has('palette') && <Palette isOpen={opened === 'palette'} onClose={close} onRun={run} />}
        {wanted.has('keys') && <KeysSheet isOpen={opened === 'keys'} onClose={close} />}
        {wanted.has('start_sending') && <StartSendingDialog isOpen={opened === 'start_sending'} onClose={close} />}
      </Suspense>
    </>
  );
}

/** Registers them; answers with the failure of the last one, until another one works. */
function useEverywhereCommands(open: (what: Opened) => void): Error | null {
  const [, navigate] = useLocation();
  const { sendingOn, isPractice } = useStatus();
  const { setColorScheme } = useMantineColorScheme();
  const sync = useAction('sync.run');
  const setOn = useAction('sending.setOn');
  const start = useAction('practice.start');
  const stop = useAction('practice.stop');
  const advance = useAction('practice.advance');
  const check = useAction('computer.checkForUpdate');
  const { data: computer } = useQuery(computerQuery);

  const screens = places.map(({ path, label, icon, letter }, index): Command => {
    const number = index < 9 ? [String(index + 1)] : [];
    return {
      id: `go ${path}`,
      label,
      group: 'Screens',
      icon,
      keys: [...number, ...(letter === undefined ? [] : [`g ${letter}`]), ...(path === '/settings' ? ['mod+,'] : [])],
      run: () => navigate(path),
    };
  });
  const sending: Command = sendingOn
    ? {
        id: 'sending.stop',
        label: 'Stop sending',
        group: 'Actions',
        keywords: 'pause hold off',
        icon: IconPlayerPause,
        run: () => setOn.mutate({ on: false }),
      }
    : {
        id: 'sending.start',
        label: 'Start sending…',
        group: 'Actions',
        keywords: 'on live',
        icon: IconPlayerPlay,
        run: () => open('start_sending'),
      };
  const practice: readonly Command[] = isPractice
    ? [
        ...(['next_event', 'hour', 'day'] as const).map((by) => ({
          id: `practice.${by}`,
          label: { next_event: 'Move to the next event', hour: 'Move one hour on', day: 'Move one day on' }[by],
          group: 'Practice',
          keywords: 'clock time',
          icon: IconPlayerTrackNext,
          run: () => advance.mutate({ by }),
        })),
        {
          id: 'practice.stop',
          label: 'Leave practice',
          group: 'Practice',
          icon: IconFlask,
          run: () => stop.mutate({}),
        },
      ]
    : [
        {
          id: 'practice.start',
          label: 'Start the practice shop',
          group: 'Practice',
          icon: IconFlask,
          run: () => start.mutate(practiceDefaults),
        },
      ];

  useCommands([
    ...screens,
    {
      id: 'sync',
      label: 'Sync now',
      group: 'Actions',
      keywords: 'read smartrr',
      icon: IconRefresh,
      run: () => sync.mutate({}),
    },
    sending,
    {
      id: 'triggers.register',
      label: 'Register the triggers with Postscript',
      group: 'Actions',
      keywords: 'set up events',
      run: () => navigate('/triggers'),
    },
    {
      id: 'computer.checkForUpdate',
      label: 'Check for updates',
      group: 'Actions',
      keywords: 'new version upgrade',
      icon: IconDownload,
      // The page says what comes of it, and in words why nothing is looked for where that is so.
      run: () => {
        navigate('/settings/computer');
        if (computer?.desktop?.looksForUpdates === true) check.mutate({});
      },
    },
    ...practice,
    {
      id: 'theme.light',
      label: 'Light appearance',
      group: 'Appearance',
      keywords: 'theme',
      icon: IconSun,
      run: () => setColorScheme('light'),
    },
    {
      id: 'theme.dark',
      label: 'Dark appearance',
      group: 'Appearance',
      keywords: 'theme',
      icon: IconMoon,
      run: () => setColorScheme('dark'),
    },
    {
      id: 'theme.auto',
      label: 'Appearance like this computer',
      group: 'Appearance',
      keywords: 'theme auto',
      icon: IconDeviceDesktop,
      run: () => setColorScheme('auto'),
    },
    { id: 'palette', label: 'Commands', group: 'Help', keys: 'mod+k', icon: IconSearch, run: () => open('palette') },
    {
      id: 'keys',
      label: 'All keys',
      group: 'Help',
      keywords: 'shortcuts keyboard',
      keys: '?',
      icon: IconKeyboard,
      run: () => open('keys'),
    },
  ]);

  return [sync, setOn, start, stop, advance].find(({ error }) => error !== null)?.error ?? null;
}

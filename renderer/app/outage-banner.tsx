import { Alert, Text } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { bridge } from '../lib/bridge.ts';
import { formatInstant } from '../lib/format.ts';
import type { Outage } from '../lib/reach.ts';

const words: Readonly<Record<Outage['reason'], Readonly<{ title: string; text: string }>>> = {
  no_answer: {
    title: 'Heads Up does not answer',
    text: 'What you see may be out of date, and nothing is sent or read. Check that Heads Up is still running where you started it. This page connects again by itself.',
  },
  signed_out: {
    title: 'This tab is not signed in',
    text: 'Heads Up was started again or the sign-in ran out. Open it again from the address that it printed when it started.',
  },
};

/** The console cannot reach its own program. Says since when, and what to do. */
export function OutageBanner({ timeZone }: Readonly<{ timeZone: string }>): React.JSX.Element {
  const outage = useSyncExternalStore(bridge.reach.subscribe, bridge.reach.get);
  return (
    <div aria-live="polite">
      {outage !== null && (
        <Alert
          color="red"
          radius={0}
          icon={<IconCloudOff aria-hidden />}
          title={`${words[outage.reason].title} since ${formatInstant(outage.since, timeZone, 'second')}`}
        >
          <Text size="sm">{words[outage.reason].text}</Text>
        </Alert>
      )}
    </div>
  );
}

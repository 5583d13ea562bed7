import { CloseButton, Text } from '@mantine/core';
import { useState } from 'react';
import { formatInstant } from '../lib/format.ts';
import { useStatus } from '../lib/status.ts';
import classes from './header.module.css';

const STORED_AS = 'heads-up-zone-noted';

/** Said once for each pair of zones: every time in the console is the shop's, not this computer's. */
export function ZoneNote(): React.JSX.Element | null {
  const { now, timeZone } = useStatus();
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const pair = `${ownZone} ${timeZone}`;
  const [noted, setNoted] = useState(readNoted);
  // Zones of different names often keep the same time.
  const isSameTime = wallClock(now, timeZone) === wallClock(now, ownZone);
  if (isSameTime || noted === pair) return null;

  function dismiss(): void {
    setNoted(pair);
    try {
      localStorage.setItem(STORED_AS, pair);
    } catch {
      // Without storage it is said again after a reload.
    }
  }

  return (
    <div className={classes['zone']}>
      <Text size="xs" c="dimmed">
        Times are the shop’s ({formatInstant(now, timeZone, 'clock')}). This computer has{' '}
        {formatInstant(now, ownZone, 'clock')}.
      </Text>
      <CloseButton size="sm" aria-label="Do not say again that the time zones differ" onClick={dismiss} />
    </div>
  );
}

function wallClock(at: number, timeZone: string): string {
  return new Date(at).toLocaleString('en-US', { timeZone });
}

function readNoted(): string | null {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}

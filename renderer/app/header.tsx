import { Text } from '@mantine/core';
import { IconCircleCheck, IconHandStop, IconPlayerPause } from '@tabler/icons-react';
import { Clip } from '../components/clip.tsx';
import { LookBadge, type Look } from '../components/look-badge.tsx';
import { useShopTime, useStatus, type Status } from '../lib/status.ts';
import classes from './header.module.css';

const sendingLooks: Readonly<Record<'on' | 'off' | 'held', Look>> = {
  on: { icon: IconCircleCheck, label: 'Sending is on', color: 'green' },
  off: { icon: IconPlayerPause, label: 'Sending is off', color: 'gray' },
  held: { icon: IconHandStop, label: 'Sending is held', color: 'orange' },
};

/** What must be known on every screen: whose shop this is, whether anything goes out, and how fresh it all is. */
export function Header(): React.JSX.Element {
  const { shopName, sendingOn, hold, sync, lastSyncAt } = useStatus();
  const shopTime = useShopTime();
  const sending = !sendingOn ? 'off' : hold === null ? 'on' : 'held';
  return (
    <header className={classes['header']}>
      <div className={classes['brand']}>
        <img src="./favicon.svg" alt="" width={24} height={24} />
        <span className={classes['name']}>Heads Up</span>
        {shopName !== '' && <Clip className={classes['shop']} text={shopName} />}
      </div>
      <div className={classes['facts']}>
        <Text size="sm" c="dimmed">
          {describeSync(sync, lastSyncAt, shopTime)}
        </Text>
        <LookBadge look={sendingLooks[sending]} />
      </div>
    </header>
  );
}

function describeSync(
  { isRunning }: Status['sync'],
  lastSyncAt: number | null,
  shopTime: ReturnType<typeof useShopTime>,
): string {
  if (isRunning) return 'Reading Smartrr…';
  return lastSyncAt === null ? 'Smartrr not read yet' : `Smartrr read ${shopTime(lastSyncAt, 'clock')}`;
}

import {
  IconBuildingStore,
  IconCircleCheck,
  IconFlask,
  IconHandStop,
  IconPlayerPause,
  IconSearch,
} from '@tabler/icons-react';
import { Clip } from '../components/clip.tsx';
import { KeyCaps } from '../components/key-caps.tsx';
import { LookBadge, type Look } from '../components/look-badge.tsx';
import { runCommand } from '../lib/commands.ts';
import { useStatus } from '../lib/status.ts';
import classes from './header.module.css';
import { SyncButton } from './sync-button.tsx';
import { ZoneNote } from './zone-note.tsx';

const sendingLooks: Readonly<Record<'on' | 'off' | 'held', Look>> = {
  on: { icon: IconCircleCheck, label: 'Sending is on', color: 'green' },
  off: { icon: IconPlayerPause, label: 'Sending is off', color: 'gray' },
  held: { icon: IconHandStop, label: 'Sending is held', color: 'orange' },
};

const shopLooks: Readonly<Record<'practice' | 'real', Look>> = {
  practice: { icon: IconFlask, label: 'Practice', color: 'violet' },
  real: { icon: IconBuildingStore, label: 'Real shop', color: 'gray' },
};

/** What must be known on every screen: whose shop this is, whether it is real, whether anything goes out, how fresh it is. */
export function Header(): React.JSX.Element {
  const { shopName, sendingOn, hold, isPractice } = useStatus();
  const sending = !sendingOn ? 'off' : hold === null ? 'on' : 'held';
  return (
    <header className={classes['header']}>
      <div className={classes['brand']}>
        <img src="./favicon.svg" alt="" width={24} height={24} />
        <span className={classes['name']}>Heads Up</span>
        {shopName !== '' && <Clip className={classes['shop']} text={shopName} />}
        <LookBadge look={shopLooks[isPractice ? 'practice' : 'real']} />
      </div>
      <div className={classes['facts']}>
        <SyncButton />
        <LookBadge look={sendingLooks[sending]} />
        <button type="button" className={classes['button']} onClick={() => runCommand('palette')}>
          <IconSearch size={16} aria-hidden />
          Commands
          <KeyCaps keys="mod+k" />
        </button>
      </div>
      <ZoneNote />
    </header>
  );
}

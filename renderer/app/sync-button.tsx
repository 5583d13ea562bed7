import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconRefresh, type Icon } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { formatCount } from '../../shared/domain/counts.ts';
import { useShopTime, useStatus } from '../lib/status.ts';
import classes from './header.module.css';
import { SyncPanel } from './sync-panel.tsx';

/** How fresh the console is, in a few words; opens what else is known about it. */
export function SyncButton(): React.JSX.Element {
  const id = useId();
  const [path] = useLocation();
  const { icon: SyncIcon, label, state } = useSyncLook();
  // Another screen closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const isOpen = openOn === path;
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    function onPress(event: PointerEvent): void {
      if (event.target instanceof Node && box.current?.contains(event.target) === false) setOpenOn(null);
    }
    function onKey({ key }: KeyboardEvent): void {
      if (key !== 'Escape') return;
      setOpenOn(null);
      button.current?.focus();
    }
    addEventListener('pointerdown', onPress);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', onPress);
      removeEventListener('keydown', onKey);
    };
  }, [isOpen]);

  return (
    <div ref={box} className={classes['sync']}>
      <button
        ref={button}
        type="button"
        className={classes['button']}
        data-state={state}
        aria-expanded={isOpen}
        {...(isOpen ? { 'aria-controls': id } : {})}
        onClick={() => setOpenOn(isOpen ? null : path)}
      >
        <SyncIcon size={16} aria-hidden />
        {label}
      </button>
      {isOpen && <SyncPanel id={id} />}
    </div>
  );
}

type SyncLook = Readonly<{ icon: Icon; label: string; state: 'ok' | 'running' | 'none' | 'problem' }>;

function useSyncLook(): SyncLook {
  const { sync, lastSyncAt } = useStatus();
  const shopTime = useShopTime();
  if (sync.isRunning) {
    const rows = sync.rowsSeen === 0 ? '…' : `, ${formatCount(sync.rowsSeen, 'row')}`;
    return { icon: IconRefresh, label: `Syncing${rows}`, state: 'running' };
  }
  if (lastSyncAt === null) return { icon: IconCircleDashed, label: 'Not synced yet', state: 'none' };
  const synced = `Synced ${shopTime(lastSyncAt, 'clock')}`;
  return sync.problem === null
    ? { icon: IconCircleCheck, label: synced, state: 'ok' }
    : { icon: IconAlertTriangle, label: `${synced}, then a problem`, state: 'problem' };
}

import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { computerQuery } from '../lib/computer.ts';
import classes from './side-nav.module.css';

/** That there is a newer version, where it bothers nobody. */
export function UpdateNote(): React.JSX.Element | null {
  const updates = useQuery(computerQuery).data?.desktop?.updates;
  if (updates?.kind !== 'available' && updates?.kind !== 'ready') return null;
  const isReady = updates.kind === 'ready';
  const NoteIcon = isReady ? IconRefresh : IconDownload;
  return (
    <section aria-label="Update">
      <Link href="/settings/computer" className={classes['update']}>
        <NoteIcon size={16} aria-hidden style={{ flex: 'none' }} />
        Version {updates.update.version} {isReady ? 'is ready' : 'is available'}
      </Link>
    </section>
  );
}

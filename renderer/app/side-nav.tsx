import {
  IconBolt,
  IconBook,
  IconCalendarTime,
  IconLayoutDashboard,
  IconMessages,
  IconSend,
  IconSettings,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { formatNumber } from '../lib/format.ts';
import { useStatus, type Status } from '../lib/status.ts';
import { AppearanceSwitch } from './appearance-switch.tsx';
import classes from './side-nav.module.css';
import { UpdateNote } from './update-note.tsx';

export type Place = Readonly<{
  path: string;
  label: string;
  icon: Icon;
  /** Goes there after G. The place in the list does it alone. */
  letter?: string;
  waiting?: (needsPerson: Status['needsPerson']) => number;
}>;

export const places: readonly Place[] = [
  { path: '/', label: 'Overview', icon: IconLayoutDashboard, letter: 'o' },
  { path: '/triggers', label: 'Triggers', icon: IconBolt, letter: 't' },
  { path: '/upcoming', label: 'Upcoming', icon: IconCalendarTime, letter: 'u' },
  { path: '/deliveries', label: 'Deliveries', icon: IconSend, letter: 'd', waiting: ({ deliveries }) => deliveries },
  { path: '/replies', label: 'Replies', icon: IconMessages, letter: 'r', waiting: ({ replies }) => replies },
  { path: '/customers', label: 'Customers', icon: IconUsers, letter: 'c' },
  { path: '/settings', label: 'Settings', icon: IconSettings, letter: 's' },
  { path: '/guide', label: 'Guide', icon: IconBook, letter: 'g' },
];

export function SideNav(): React.JSX.Element {
  const [location] = useLocation();
  const { needsPerson } = useStatus();
  return (
    <div className={classes['side']}>
      <nav aria-label="Screens">
        <ul className={classes['places']}>
          {places.map(({ path, label, icon: PlaceIcon, waiting }) => {
            const isHere = path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
            const count = waiting?.(needsPerson) ?? 0;
            return (
              <li key={path}>
                <Link href={path} className={classes['place']} {...(isHere ? { 'aria-current': 'page' } : {})}>
                  <PlaceIcon size={18} aria-hidden />
                  <span className={classes['label']}>{label}</span>
                  {count > 0 && (
                    <span className={classes['count']}>
                      {formatNumber(count)}
                      <span className={classes['hidden']}> waiting for a person</span>
                    </span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className={classes['foot']}>
        <UpdateNote />
        <section aria-label="Appearance">
          <AppearanceSwitch />
        </section>
      </div>
    </div>
  );
}

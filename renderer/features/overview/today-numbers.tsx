import { Text } from '@mantine/core';
import { Link } from 'wouter';
import { Section } from '../../components/section.tsx';
import { formatNumber } from '../../lib/format.ts';
import type { Overview } from './queries.ts';
import classes from './today-numbers.module.css';

const tiles: readonly Readonly<{ name: keyof Overview['today']; label: string; to: string }>[] = [
  { name: 'accepted', label: 'Accepted by Postscript', to: '/deliveries?state=accepted' },
  // Several states at once, which no single filter shows.
  { name: 'waiting', label: 'Planned or waiting', to: '/deliveries' },
  { name: 'notSent', label: 'Not sent', to: '/deliveries?state=suppressed' },
  { name: 'replies', label: 'Replies', to: '/replies' },
  { name: 'skipped', label: 'Orders skipped', to: '/replies' },
];

export function TodayNumbers({ today }: Readonly<{ today: Overview['today'] }>): React.JSX.Element {
  return (
    <Section title="Today">
      <ul className={classes['tiles']}>
        {tiles.map(({ name, label, to }) => (
          <li key={name}>
            <Link href={to} className={classes['tile']}>
              <span className={classes['number']}>{formatNumber(today[name])}</span>
              <Text span size="sm" c="dimmed">
                {label}
              </Text>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

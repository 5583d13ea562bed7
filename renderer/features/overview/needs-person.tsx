import { Button, Group, Text } from '@mantine/core';
import {
  IconCircleCheck,
  IconClockX,
  IconHelpCircle,
  IconKey,
  IconLockOpen,
  IconMessageExclamation,
  IconPlugX,
  IconSendOff,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Computer } from '../../../shared/ipc/computer-contract.ts';
import { connectionNames } from '../../components/connection-looks.ts';
import { Section } from '../../components/section.tsx';
import { computerQuery } from '../../lib/computer.ts';
import { formatNumber } from '../../lib/format.ts';
import { useStatus, type Status } from '../../lib/status.ts';
import classes from './needs-person.module.css';
import type { Overview } from './queries.ts';

type Need = Readonly<{
  key: string;
  icon: Icon;
  /** Null for what there is only one of. */
  count: number | null;
  text: string;
  /** The one place where it is settled. */
  button: Readonly<{ to: string; label: string }>;
}>;

function needsOf(
  { needsPerson, connections }: Status,
  { unknown, failed, missed }: Overview,
  secretStore: Computer['secretStore'] | undefined,
): Need[] {
  const counted: Need[] = [
    {
      key: 'unknown',
      icon: IconHelpCircle,
      count: unknown,
      text: `${unknown === 1 ? 'delivery' : 'deliveries'} left without a clear answer. Postscript may or may not have them.`,
      button: { to: '/deliveries?state=unknown', label: 'Check with Postscript' },
    },
    {
      key: 'replies',
      icon: IconMessageExclamation,
      count: needsPerson.replies,
      text: `${needsPerson.replies === 1 ? 'reply waits' : 'replies wait'} for a person to read.`,
      button: { to: '/replies?needs=person', label: 'Read the replies' },
    },
    {
      key: 'failed',
      icon: IconSendOff,
      count: failed,
      text: `${failed === 1 ? 'delivery was' : 'deliveries were'} refused by Postscript. Each says what was wrong.`,
      button: { to: '/deliveries?state=failed', label: 'See what was refused' },
    },
    {
      key: 'missed',
      icon: IconClockX,
      count: missed,
      text: `${missed === 1 ? 'notice was' : 'notices were'} missed in the last seven days: too little time was left before the charge.`,
      button: { to: '/missed', label: 'See who was missed' },
    },
  ];
  const needs = counted.filter(({ count }) => count !== 0);
  const refused = connections.filter(({ state }) => state === 'refused' || state === 'failing');
  for (const { name, state, problem } of refused.toReversed()) {
    needs.unshift({
      key: name,
      icon: state === 'refused' ? IconKey : IconPlugX,
      count: null,
      text: `${connectionNames[name]}: ${problem ?? 'no answer.'}`,
      button: {
        to: '/settings/connections',
        label: state === 'refused' ? 'Replace the key' : 'Look at the connection',
      },
    });
  }
  if (secretStore !== undefined && secretStore.problem !== null) {
    needs.unshift({
      key: 'saved-keys',
      icon: IconKey,
      count: null,
      text: secretStore.problem,
      button: { to: '/settings/connections', label: 'Look at the connections' },
    });
  }
  // What the merchant has accepted needs nobody; Settings goes on to say it.
  if (secretStore?.state === 'unprotected' || secretStore?.state === 'unavailable') {
    needs.push({
      key: 'secrets',
      icon: IconLockOpen,
      count: null,
      text: secretStore.description,
      button: { to: '/settings/connections', label: 'See how keys are kept' },
    });
  }
  return needs;
}

export function NeedsPerson({ overview }: Readonly<{ overview: Overview }>): React.JSX.Element {
  const computer = useQuery(computerQuery);
  const needs = needsOf(useStatus(), overview, computer.data?.secretStore);
  return (
    <Section title="Needs a person">
      {needs.length === 0 && (
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheck
            size={20}
            color="light-dark(var(--mantine-color-green-9), var(--mantine-color-green-4))"
            aria-hidden
          />
          <Text size="sm">Nothing needs you right now.</Text>
        </Group>
      )}
      {needs.length > 0 && (
        <ul className={classes['needs']}>
          {needs.map(({ key, icon: NeedIcon, count, text, button }) => (
            <li key={key} className={classes['need']}>
              <NeedIcon size={20} className={classes['icon']} aria-hidden />
              <Text size="sm" className={classes['text']}>
                {count !== null && <strong className={classes['count']}>{formatNumber(count)}</strong>} {text}
              </Text>
              <Button component={Link} href={button.to} size="xs" variant="default" className={classes['button']}>
                {button.label}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

import { Group, Text } from '@mantine/core';
import {
  IconCircleCheck,
  IconKey,
  IconMessageExclamation,
  IconPlugX,
  IconSendOff,
  type Icon,
} from '@tabler/icons-react';
import { connectionNames } from '../../components/connection-looks.ts';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatCount } from '../../lib/format.ts';
import { useStatus, type Status } from '../../lib/status.ts';
import classes from './needs-person.module.css';

type Need = Readonly<{
  key: string;
  icon: Icon;
  text: string;
  links: readonly Readonly<{ to: string; label: string }>[];
}>;

function needsOf({ needsPerson, connections, secretStore }: Status): Need[] {
  const needs: Need[] = [];
  for (const { name, state, problem } of connections) {
    if (state !== 'refused' && state !== 'failing') continue;
    needs.push({
      key: name,
      icon: state === 'refused' ? IconKey : IconPlugX,
      text: `${connectionNames[name]}: ${problem ?? 'no answer.'}`,
      links: [{ to: '/settings', label: 'Open settings' }],
    });
  }
  if (needsPerson.replies > 0) {
    needs.push({
      key: 'replies',
      icon: IconMessageExclamation,
      text: `${formatCount(needsPerson.replies, 'reply waits', 'replies wait')} for a person to read.`,
      links: [{ to: '/replies?needs=person', label: 'Read them' }],
    });
  }
  if (needsPerson.deliveries > 0) {
    needs.push({
      key: 'deliveries',
      icon: IconSendOff,
      text: `${formatCount(needsPerson.deliveries, 'delivery needs', 'deliveries need')} a look.`,
      links: [
        { to: '/deliveries?state=unknown', label: 'To check with Postscript' },
        { to: '/deliveries?state=failed', label: 'Refused' },
      ],
    });
  }
  if (!secretStore.isSafe) {
    needs.push({
      key: 'secrets',
      icon: IconKey,
      text: secretStore.description,
      links: [{ to: '/settings', label: 'Open settings' }],
    });
  }
  return needs;
}

export function NeedsPerson(): React.JSX.Element {
  const needs = needsOf(useStatus());
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
          {needs.map(({ key, icon: NeedIcon, text, links }) => (
            <li key={key} className={classes['need']}>
              <NeedIcon size={20} className={classes['icon']} aria-hidden />
              <Text size="sm" style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
                {text}
              </Text>
              <Group gap="sm" className={classes['links']}>
                {links.map(({ to, label }) => (
                  <Text size="sm" key={label} span>
                    <TextLink to={to}>{label}</TextLink>
                  </Text>
                ))}
              </Group>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

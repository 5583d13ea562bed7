import { Button, Code, Group, Paper, Switch, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconPlayerPause } from '@tabler/icons-react';
import { triggers } from '../../../shared/domain/triggers.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LookBadge, type Look } from '../../components/look-badge.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { triggerIcons } from '../../components/trigger-icons.ts';
import { formatCount } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import type { TriggerView } from './queries.ts';
import classes from './trigger-row.module.css';

type SetUp = 'off' | 'unregistered' | 'registered' | 'active';

const setUpLooks: Readonly<Record<SetUp, Look>> = {
  off: { icon: IconPlayerPause, label: 'Off', color: 'gray' },
  unregistered: { icon: IconAlertTriangle, label: 'Not registered yet', color: 'yellow' },
  registered: { icon: IconCircleDashed, label: 'Registered', color: 'blue' },
  active: { icon: IconCircleCheck, label: 'Active', color: 'green' },
};

function setUpOf({ isEnabled, registeredAt, lastAcceptedAt }: TriggerView): SetUp {
  if (!isEnabled) return 'off';
  if (lastAcceptedAt !== null) return 'active';
  return registeredAt === null ? 'unregistered' : 'registered';
}

export function TriggerRow({ view, onTest }: Readonly<{ view: TriggerView; onTest: () => void }>): React.JSX.Element {
  const shopTime = useShopTime();
  const setEnabled = useAction('triggers.setEnabled');
  const { title, description, eventType, legacyName } = triggers[view.trigger];
  const TriggerIcon = triggerIcons[view.trigger];

  return (
    <Paper component="li" withBorder p="md">
      <div className={classes['row']}>
        <ThemeIcon variant="light" size={38} aria-hidden>
          <TriggerIcon size={20} />
        </ThemeIcon>
        <div className={classes['words']}>
          <Group gap="xs">
            <Title order={2}>{title}</Title>
            <LookBadge look={setUpLooks[setUpOf(view)]} />
          </Group>
          <Text size="sm" c="dimmed">
            {description}
          </Text>
          <Text size="sm" mt={6}>
            {historyOf(view, shopTime)}
            {' · '}
            <TextLink to={`/deliveries?trigger=${view.trigger}`}>
              {formatCount(view.acceptedInDay, 'accepted', 'accepted')} in 24 h
            </TextLink>
          </Text>
          <Text size="xs" c="dimmed" mt={6} style={{ overflowWrap: 'anywhere' }}>
            Event type <Code>{eventType}</Code> · Legacy Automations <Code>{legacyName}</Code>
          </Text>
        </div>
        <Group gap="sm" className={classes['actions']}>
          <Switch
            size="md"
            checked={view.isEnabled}
            aria-label={`Send ${title}`}
            onChange={() => setEnabled.mutate({ trigger: view.trigger, isEnabled: !view.isEnabled })}
          />
          <Button size="xs" variant="default" onClick={onTest} aria-label={`Test ${title}`}>
            Test
          </Button>
        </Group>
      </div>
      {setEnabled.error !== null && <ErrorNotice error={setEnabled.error} title={`${title} could not be switched`} />}
    </Paper>
  );
}

/** An accepted event makes a trigger known to Postscript, registered or not. */
function historyOf({ registeredAt, lastAcceptedAt }: TriggerView, shopTime: ReturnType<typeof useShopTime>): string {
  const registered = registeredAt === null ? null : `Registered ${shopTime(registeredAt)}`;
  if (lastAcceptedAt === null) return `${registered ?? 'Not registered'} · None accepted yet`;
  return [registered, `Last accepted ${shopTime(lastAcceptedAt)}`].filter((part) => part !== null).join(' · ');
}

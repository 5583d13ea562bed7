import { Button, Group, Paper, Switch, Text, ThemeIcon, Title } from '@mantine/core';
import { triggers } from '../../../shared/domain/triggers.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LookBadge } from '../../components/look-badge.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { triggerIcons } from '../../components/trigger-icons.ts';
import { useAction } from '../../lib/use-action.ts';
import { NextStepButton } from './next-step-button.tsx';
import type { TriggerView } from './queries.ts';
import { draftLook, setUpLooks, setUpSentences } from './set-up-looks.ts';
import { TriggerCounters } from './trigger-counters.tsx';
import classes from './trigger-row.module.css';

type TriggerRowProps = Readonly<{
  view: TriggerView;
  isRegistering: boolean;
  onRegister: () => void;
  onTest: () => void;
}>;

/** One trigger on the list: where it stands, what to do next, and what became of its deliveries. */
export function TriggerRow({ view, isRegistering, onRegister, onTest }: TriggerRowProps): React.JSX.Element {
  const setEnabled = useAction('triggers.setEnabled');
  const { title, description } = triggers[view.trigger];
  const { state, nextStep } = view.setUp;
  const TriggerIcon = triggerIcons[view.trigger];

  return (
    <Paper component="li" withBorder p="md">
      <div className={classes['row']}>
        <ThemeIcon variant="light" size={38} aria-hidden>
          <TriggerIcon size={20} />
        </ThemeIcon>
        <div className={classes['words']}>
          <Group gap="xs">
            <Title order={2}>
              <TextLink to={`/triggers/${view.trigger}`}>{title}</TextLink>
            </Title>
            <LookBadge look={setUpLooks[state]} />
            {!view.isCopyReady && <LookBadge look={draftLook} />}
          </Group>
          <Text size="sm" c="dimmed">
            {description}
          </Text>
          <Text size="sm" mt={4}>
            {setUpSentences[state]}
          </Text>
          <TriggerCounters view={view} />
        </div>
        <Group gap="sm" className={classes['actions']}>
          {nextStep !== null && (
            <NextStepButton view={view} nextStep={nextStep} isRegistering={isRegistering} onRegister={onRegister} />
          )}
          <Button size="xs" variant="default" onClick={onTest} aria-label={`Test ${title}`}>
            Test
          </Button>
          <Switch
            size="md"
            checked={view.isEnabled}
            aria-label={`Send ${title}`}
            onChange={() => setEnabled.mutate({ trigger: view.trigger, isEnabled: !view.isEnabled })}
          />
        </Group>
      </div>
      {setEnabled.error !== null && <ErrorNotice error={setEnabled.error} title={`${title} could not be switched`} />}
    </Paper>
  );
}

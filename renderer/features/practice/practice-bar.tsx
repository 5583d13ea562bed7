import { Button, Group, Text } from '@mantine/core';
import { IconCalendarPlus, IconClockPlus, IconDeviceMobile, IconPlayerTrackNext } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useShopTime, useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import classes from './practice-bar.module.css';
import { practiceQuery } from './queries.ts';
import { TroubleSelect } from './trouble-select.tsx';

type PracticeBarProps = Readonly<{
  isPanelOpen: boolean;
  panelId: string;
  onTogglePanel: () => void;
}>;

const steps = [
  { by: 'hour', label: '+1 hour', icon: IconClockPlus },
  { by: 'day', label: '+1 day', icon: IconCalendarPlus },
  { by: 'next_event', label: 'Next event', icon: IconPlayerTrackNext },
] as const;

/** On every screen while in practice, so that nobody mistakes it for the real shop. */
export function PracticeBar({ isPanelOpen, panelId, onTogglePanel }: PracticeBarProps): React.JSX.Element {
  const { now } = useStatus();
  const shopTime = useShopTime();
  const advance = useAction('practice.advance');
  const stop = useAction('practice.stop');
  const setTrouble = useAction('practice.setTrouble');
  const practice = useQuery(practiceQuery(''));
  const error = advance.error ?? stop.error ?? setTrouble.error;

  return (
    <section className={classes['bar']} aria-label="Practice bar">
      <Group gap="md" justify="space-between">
        <Text size="sm" className={classes['time']}>
          <strong>Practice shop</strong> <span aria-live="polite">{shopTime(now, 'second')}</span>
        </Text>
        <Group gap={6}>
          {steps.map(({ by, label, icon: StepIcon }) => (
            <Button
              key={by}
              size="xs"
              variant="default"
              leftSection={<StepIcon size={14} aria-hidden />}
              loading={advance.isPending && advance.variables.by === by}
              disabled={advance.isPending}
              onClick={() => advance.mutate({ by })}
            >
              {label}
            </Button>
          ))}
          <Button
            id={`${panelId}-toggle`}
            size="xs"
            variant="default"
            leftSection={<IconDeviceMobile size={14} aria-hidden />}
            aria-expanded={isPanelOpen}
            aria-controls={panelId}
            onClick={onTogglePanel}
          >
            Phones
          </Button>
          <TroubleSelect
            trouble={practice.data?.trouble ?? 'none'}
            isPending={setTrouble.isPending}
            onChange={(trouble) => setTrouble.mutate({ trouble })}
          />
          <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate({})}>
            Leave
          </Button>
        </Group>
      </Group>
      {error !== null && <ErrorNotice error={error} title="That did not work" />}
    </section>
  );
}

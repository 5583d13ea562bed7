import { Button, Group, Text } from '@mantine/core';
import { IconCalendarPlus, IconClockPlus, IconDeviceMobile, IconPlayerTrackNext, IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formatNumber } from '../../lib/format.ts';
import { useShopTime, useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import type { PhoneView } from './phone-view.ts';
import classes from './practice-bar.module.css';
import { PracticeTour } from './practice-tour.tsx';
import { describeMove, describeNext } from './practice-words.ts';
import { practiceQuery, type Practice } from './queries.ts';
import { forgetReadAfter, useUnread } from './read-phones.ts';
import { TroubleSelect } from './trouble-select.tsx';
import { useTourShown } from './tour-shown.ts';

type PracticeBarProps = Readonly<{
  view: PhoneView;
  panelId: string;
  onView: (view: PhoneView) => void;
  onTogglePanel: () => void;
}>;

const steps = [
  { by: 'hour', label: '+1 hour', icon: IconClockPlus },
  { by: 'day', label: '+1 day', icon: IconCalendarPlus },
  { by: 'next_event', label: 'Next event', icon: IconPlayerTrackNext },
] as const;

/** On every screen while in practice, so that nobody mistakes it for the real shop. */
export function PracticeBar({ view, panelId, onView, onTogglePanel }: PracticeBarProps): React.JSX.Element {
  const { now } = useStatus();
  const shopTime = useShopTime();
  const advance = useAction('practice.advance');
  const stop = useAction('practice.stop');
  const setTrouble = useAction('practice.setTrouble');
  const practice = useQuery(practiceQuery(''));
  const [isTourShown, setIsTourShown] = useTourShown();
  const unread = useUnread();
  const error = advance.error ?? stop.error ?? setTrouble.error;
  const texts = (practice.data?.phones ?? []).reduce((sum, phone) => sum + unread(phone), 0);

  useEffect(() => forgetReadAfter(now), [now]);

  return (
    <section className={classes['bar']} aria-label="Practice bar">
      <Group gap="xs" justify="space-between">
        <div className={classes['now']}>
          <Text size="sm" className={classes['time']}>
            <strong>Practice shop</strong> <span aria-live="polite">{shopTime(now, 'second')}</span>
          </Text>
          {practice.data !== undefined && <Happenings practice={practice.data} />}
        </div>
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
            aria-expanded={view.isOpen}
            aria-controls={panelId}
            onClick={onTogglePanel}
          >
            Phones
            {texts > 0 && <span className={classes['unread']}>{formatNumber(texts)} new</span>}
          </Button>
          <TroubleSelect
            trouble={practice.data?.trouble ?? 'none'}
            isPending={setTrouble.isPending}
            onChange={(trouble) => setTrouble.mutate({ trouble })}
          />
          {!isTourShown && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRoute size={14} aria-hidden />}
              onClick={() => setIsTourShown(true)}
            >
              Tour
            </Button>
          )}
          <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate({})}>
            Leave
          </Button>
        </Group>
      </Group>
      {isTourShown && practice.data !== undefined && (
        <PracticeTour
          tour={practice.data.tour}
          isMoving={advance.isPending}
          onMove={() => advance.mutate({ by: 'next_event' })}
          onView={onView}
          onClose={() => setIsTourShown(false)}
        />
      )}
      {error !== null && <ErrorNotice error={error} title="That did not work" />}
    </section>
  );
}

/** What the last move brought and what the next event is: a person should not have to search for either. */
function Happenings({ practice }: Readonly<{ practice: Practice }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { next, lastMove } = practice;
  return (
    <Text size="xs">
      {lastMove !== null && <span aria-live="polite">Last move: {describeMove(lastMove)}. </span>}
      <span>Next event: {describeNext(next, shopTime)}.</span>
    </Text>
  );
}

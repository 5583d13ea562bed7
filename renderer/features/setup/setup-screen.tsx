import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Redirect } from 'wouter';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import { ConnectStep } from './connect-step.tsx';
import { EndPlace } from './end-place.tsx';
import { ForecastStep } from './forecast-step.tsx';
import { currentPlace, isPlace, isReachable, pathOf, type SetupPlace } from './places.ts';
import { setupQuery, type Setup } from './queries.ts';
import { SendingStep } from './sending-step.tsx';
import { StepTrail } from './step-trail.tsx';
import { SyncStep } from './sync-step.tsx';
import { TimingStep } from './timing-step.tsx';
import { WelcomeStep } from './welcome-step.tsx';
import classes from './setup.module.css';

const titles: Readonly<Record<SetupPlace, string>> = {
  welcome: 'Set up Heads Up',
  postscript: 'Connect Postscript',
  smartrr: 'Connect Smartrr',
  timing: 'When customers hear about an order',
  sync: 'The first reading',
  forecast: 'What will be sent',
  sending: 'Start sending',
  end: 'Heads Up is set up',
};

/**
 * The first run. Where it goes on follows from what is done, so that a reload, a restart or another day finds the right
 * step; the address names the step that is looked at, so that each can be gone back to.
 */
export function SetupScreen({ place }: Readonly<{ place?: string }>): React.JSX.Element {
  const { isPractice } = useStatus();
  const setup = useQuery(setupQuery);
  if (isPractice) return <InPractice />;
  return (
    <Loaded query={setup} what="The set-up" skeleton={<RowSkeletons rows={4} height={70} />}>
      {(data) =>
        isPlace(place) && isReachable(place, data.doneSteps) ? (
          <Screen
            title={titles[place]}
            windowTitle={`Set up: ${titles[place]}`}
            actions={
              <Text size="sm">
                <TextLink to="/">Leave the set-up; it goes on from here later</TextLink>
              </Text>
            }
          >
            <div className={classes['columns']}>
              <StepTrail place={place} doneSteps={data.doneSteps} />
              <div className={classes['content']}>
                <Place place={place} setup={data} />
              </div>
            </div>
          </Screen>
        ) : (
          <Redirect to={pathOf(currentPlace(data.doneSteps))} replace />
        )
      }
    </Loaded>
  );
}

function Place({ place, setup }: Readonly<{ place: SetupPlace; setup: Setup }>): React.JSX.Element {
  switch (place) {
    case 'welcome':
      return <WelcomeStep />;
    case 'postscript':
    case 'smartrr':
      return <ConnectStep key={place} name={place} isDone={setup.doneSteps.includes(place)} />;
    case 'timing':
      return <TimingStep />;
    case 'sync':
      return <SyncStep firstSync={setup.firstSync} />;
    case 'forecast':
      return <ForecastStep firstSync={setup.firstSync} />;
    case 'sending':
      return <SendingStep setup={setup} />;
    case 'end':
      return <EndPlace setup={setup} />;
  }
}

function InPractice(): React.JSX.Element {
  const stop = useAction('practice.stop');
  return (
    <Screen title="Set up Heads Up" actions={<TextLink to="/">Back to the practice shop</TextLink>}>
      <Section title="You are in the practice shop">
        <Text size="sm">
          Your own shop is set up outside of it. The practice shop can be started again at any time, under Settings.
        </Text>
        {stop.error !== null && <ErrorNotice error={stop.error} title="The practice shop could not be left" />}
        <div>
          <Button loading={stop.isPending} onClick={() => stop.mutate({})}>
            Leave it and set up my shop
          </Button>
        </div>
      </Section>
    </Screen>
  );
}

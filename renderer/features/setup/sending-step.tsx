import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { GuideLink } from '../../components/guide-link.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatLocalTime } from '../../lib/format.ts';
import { useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import { FirstAccepted } from './first-accepted.tsx';
import { wouldGoFirst } from './forecast-step.tsx';
import { OwnNumberTest } from './own-number-test.tsx';
import { pathOf } from './places.ts';
import { overviewQuery, settingsQuery, type Setup } from './queries.ts';
import { ConfirmButton, StepActions } from './step-actions.tsx';

/** The switch that everything before led to. */
export function SendingStep({ setup }: Readonly<{ setup: Setup }>): React.JSX.Element {
  const { sendingOn } = useStatus();
  const start = useAction('sending.setOn');
  const { data: overview } = useQuery(overviewQuery);
  const { data: settings } = useQuery(settingsQuery);

  return (
    <>
      <Section title="Before you start">
        <Text size="sm">
          Postscript texts only what has an automation there. Set up at least the one for Upcoming Order under{' '}
          <TextLink to="/triggers">Triggers</TextLink>, or{' '}
          <GuideLink chapter="set-up-an-automation-in-postscript">read how in the guide</GuideLink>. A trigger without
          an automation is accepted and texts nobody.
        </Text>
      </Section>
      <OwnNumberTest />
      <Section title={sendingOn ? 'Sending is on' : 'Start sending'}>
        {!sendingOn && (
          <>
            {overview !== undefined && <Text fw={600}>{wouldGoFirst(overview.noticesDueNow)}</Text>}
            {settings !== undefined && (
              <Text size="sm">
                They are handed to Postscript between {formatLocalTime(settings.window.opens)} and{' '}
                {formatLocalTime(settings.window.closes)}, shop time. After that every trigger goes out by itself. It
                can be switched off on the Overview at any time.
              </Text>
            )}
          </>
        )}
        <div aria-live="polite">{sendingOn && <FirstAccepted setup={setup} />}</div>
        {start.error !== null && <ErrorNotice error={start.error} title="Sending could not be switched on" />}
        {!sendingOn && (
          <div>
            <Button size="md" loading={start.isPending} onClick={() => start.mutate({ on: true })}>
              Start sending
            </Button>
          </div>
        )}
      </Section>
      <StepActions step="sending">
        {sendingOn ? (
          <Button component={Link} href={pathOf('end')}>
            Finish
          </Button>
        ) : (
          <ConfirmButton step="sending" variant="default">
            Leave it off for now
          </ConfirmButton>
        )}
      </StepActions>
    </>
  );
}

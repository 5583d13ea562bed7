import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { decisionReasons } from '../../../shared/domain/decisions.ts';
import type { PracticeTour as Tour } from '../../../shared/ipc/practice-contract.ts';
import { formatDate } from '../../lib/format.ts';
import type { PhoneView } from './phone-view.ts';
import classes from './practice-tour.module.css';
import { findTourStep, tourSteps, type TourStep } from './tour-step.ts';

type PracticeTourProps = Readonly<{
  tour: Tour;
  isMoving: boolean;
  onMove: () => void;
  onView: (view: PhoneView) => void;
  onClose: () => void;
}>;

const titles: Readonly<Record<TourStep, string>> = {
  notice: 'Move time to the first notice',
  answer: 'Answer as a customer',
  decision: 'See what was decided',
  confirmation: 'See the confirmation',
};

/** Four steps from the first notice to the confirmed skip. Beside the screens, never in their way. */
export function PracticeTour({ tour, isMoving, onMove, onView, onClose }: PracticeTourProps): React.JSX.Element {
  // Of which answer: another SKIP begins the third step anew.
  const [readAt, setReadAt] = useState<number | null>(null);
  const step = findTourStep(tour, readAt !== null && readAt === tour.answered?.at);
  const place = tourSteps.indexOf(step);
  const openPhone = (customerId: string) => (): void => onView({ isOpen: true, tab: 'phones', customerId });

  return (
    <section className={classes['tour']} aria-label="Tour of the practice shop">
      <ol className={classes['steps']} aria-hidden>
        {tourSteps.map((name, index) => (
          <li key={name} className={classes['step']} data-state={index === place ? 'here' : 'other'}>
            {index < place ? <IconCheck size={14} /> : index + 1}
          </li>
        ))}
      </ol>
      <Text size="sm" className={classes['text']} aria-live="polite">
        <strong>
          Step {place + 1} of 4: {titles[step]}.
        </strong>{' '}
        {explain(step, tour)}
      </Text>
      <Group gap={6}>
        {step === 'notice' && (
          <Button size="xs" loading={isMoving} onClick={onMove}>
            Move to the next event
          </Button>
        )}
        {step === 'answer' && tour.noticed !== null && (
          <Button size="xs" onClick={openPhone(tour.noticed.customerId)}>
            Open that phone
          </Button>
        )}
        {step === 'decision' && (
          <>
            <Button size="xs" variant="default" renderRoot={(props) => <Link {...props} href="/replies" />}>
              See the reply
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => onView({ isOpen: true, tab: 'platform', customerId: null })}
            >
              See the platform’s record
            </Button>
            <Button
              size="xs"
              disabled={tour.confirmation === null}
              onClick={() => setReadAt(tour.answered?.at ?? null)}
            >
              Continue
            </Button>
          </>
        )}
        {step === 'confirmation' && (
          <>
            {tour.answered !== null && (
              <Button size="xs" variant="default" onClick={openPhone(tour.answered.customerId)}>
                See the phone
              </Button>
            )}
            <Button size="xs" variant="default" renderRoot={(props) => <Link {...props} href="/setup" />}>
              Set up the real shop
            </Button>
            <Button size="xs" onClick={onClose}>
              Finish
            </Button>
          </>
        )}
        <CloseButton aria-label="Close the tour" onClick={onClose} />
      </Group>
    </section>
  );
}

function explain(step: TourStep, { noticed, answered, decision, platformEvent, confirmation }: Tour): string {
  switch (step) {
    case 'notice':
      return 'Nothing has been texted yet. The next event takes you to the hour at which notices go out.';
    case 'answer':
      return `${cut(noticed?.customerName ?? '')} has a notice. Open the phone and answer SKIP.`;
    case 'decision': {
      if (decision === null)
        return `${cut(answered?.customerName ?? '')} answered SKIP. Move time on to see it decided.`;
      const date = decision.newOrderDate === null ? '' : ` The next order is on ${formatDate(decision.newOrderDate)}.`;
      const record = platformEvent === null ? '' : ` The platform recorded: ${platformEvent.text}.`;
      const sentence = decisionReasons[decision.reason].sentence;
      const again = decision.reason === 'skipped' ? '' : ' Answer SKIP on another phone to go on.';
      return `${sentence}${date}${record}${again}`;
    }
    case 'confirmation':
      return `On the phone: “${confirmation?.body ?? ''}” The real shop does the same once your keys are in Settings.`;
  }
}

/** Names are outside text, and this is one line of a sentence. */
function cut(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

import { VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import { firstRunSteps, type FirstRunStep } from '../../../shared/domain/first-run.ts';
import { isReachable, pathOf, stepLabels, type SetupPlace } from './places.ts';
import classes from './setup.module.css';

type StepTrailProps = Readonly<{ place: SetupPlace; doneSteps: readonly FirstRunStep[] }>;

/** All steps with the ones that are done; each that can be looked at is a link. */
export function StepTrail({ place, doneSteps }: StepTrailProps): React.JSX.Element {
  return (
    <nav aria-label="Steps of the set-up">
      <ol className={classes['trail']}>
        {firstRunSteps.map((step, index) => {
          const isDone = doneSteps.includes(step);
          const content = (
            <>
              <span className={classes['number']} data-done={isDone} aria-hidden>
                {isDone ? <IconCheck size={14} /> : index + 1}
              </span>
              <span>
                {stepLabels[step]}
                {isDone && <VisuallyHidden>, done</VisuallyHidden>}
              </span>
            </>
          );
          return (
            <li key={step}>
              {isReachable(step, doneSteps) ? (
                <Link
                  href={pathOf(step)}
                  className={classes['stop']}
                  {...(step === place ? { 'aria-current': 'step' as const } : {})}
                >
                  {content}
                </Link>
              ) : (
                <span className={`${classes['stop'] ?? ''} ${classes['ahead'] ?? ''}`}>{content}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

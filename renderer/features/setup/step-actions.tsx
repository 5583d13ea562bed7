import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import type { Input } from '../../../shared/ipc/contract.ts';
import type { FirstRunStep } from '../../../shared/domain/first-run.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../lib/use-action.ts';
import { pathOf, placeAfter, placeBefore } from './places.ts';
import classes from './setup.module.css';

type StepActionsProps = Readonly<{ step: FirstRunStep; children: React.ReactNode }>;

/** Back on the left, onward on the right. */
export function StepActions({ step, children }: StepActionsProps): React.JSX.Element {
  const before = placeBefore(step);
  return (
    <div className={classes['actions']}>
      {before === undefined ? (
        <span />
      ) : (
        <Button component={Link} href={pathOf(before)} variant="subtle">
          Back
        </Button>
      )}
      {children}
    </div>
  );
}

type ConfirmButtonProps = Readonly<{
  step: Input<'setup.confirm'>['step'];
  variant?: 'filled' | 'default';
  children: React.ReactNode;
}>;

/** Notes that a person is through with the step, and goes to the next. */
export function ConfirmButton({ step, variant = 'filled', children }: ConfirmButtonProps): React.JSX.Element {
  const [, navigate] = useLocation();
  const confirm = useAction('setup.confirm');
  return (
    <div>
      <Button
        variant={variant}
        loading={confirm.isPending}
        onClick={() => confirm.mutate({ step }, { onSuccess: () => navigate(pathOf(placeAfter(step))) })}
      >
        {children}
      </Button>
      {confirm.error !== null && <ErrorNotice error={confirm.error} title="That could not be kept" />}
    </div>
  );
}

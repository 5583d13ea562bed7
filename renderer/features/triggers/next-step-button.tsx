import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { NextStep } from '../../../shared/domain/set-up.ts';
import { triggers, type TriggerName } from '../../../shared/domain/triggers.ts';
import { useAction } from '../../lib/use-action.ts';
import { nextStepLabels } from './set-up-looks.ts';
import type { TriggerView } from './queries.ts';

type NextStepButtonProps = Readonly<{
  view: TriggerView;
  nextStep: NextStep;
  isRegistering: boolean;
  onRegister: () => void;
}>;

/** The one thing to do next about a trigger, done here or a click away. */
export function NextStepButton({ view, nextStep, isRegistering, onRegister }: NextStepButtonProps): React.JSX.Element {
  const setEnabled = useAction('triggers.setEnabled');
  const { trigger } = view;
  const label = nextStepLabels[nextStep];
  const spokenLabel = `${label}: ${triggers[trigger].title}`;
  if (nextStep === 'switch_on') {
    return (
      <Button
        size="xs"
        variant="light"
        aria-label={spokenLabel}
        loading={setEnabled.isPending}
        onClick={() => setEnabled.mutate({ trigger, isEnabled: true })}
      >
        {label}
      </Button>
    );
  }
  if (nextStep === 'register') {
    return (
      <Button size="xs" variant="light" aria-label={spokenLabel} loading={isRegistering} onClick={onRegister}>
        {label}
      </Button>
    );
  }
  return (
    <Button
      size="xs"
      variant="light"
      aria-label={spokenLabel}
      renderRoot={(props) => <Link {...props} href={placeOf(nextStep, trigger, view.newestRefusal?.deliveryId)} />}
    >
      {label}
    </Button>
  );
}

function placeOf(
  nextStep: Exclude<NextStep, 'switch_on' | 'register'>,
  trigger: TriggerName,
  refusedId: number | undefined,
): string {
  const page = `/triggers/${trigger}`;
  switch (nextStep) {
    case 'connect':
      return '/settings';
    case 'mend_copy':
      return `${page}?tab=template`;
    case 'send_test':
      return `${page}?tab=test`;
    case 'see_refusal':
      return refusedId === undefined ? `/deliveries?trigger=${trigger}&state=failed` : `/deliveries?id=${refusedId}`;
    case 'make_automation':
    case 'paste_copy':
    case 'confirm_paste':
    case 'switch_automation_on':
      return page;
  }
}

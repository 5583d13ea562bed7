import { Text } from '@mantine/core';
import { decisionReasons, type DecisionReason } from '../../shared/domain/decisions.ts';
import classes from './decision-line.module.css';
import { outcomeLooks } from './outcome-looks.ts';

type DecisionLineProps = Readonly<{
  reason: DecisionReason;
  /** What is particular to this decision. Text from the outside. */
  detail?: string | null;
}>;

/** One decision as a merchant reads it: what it led to, and why. */
export function DecisionLine({ reason, detail }: DecisionLineProps): React.JSX.Element {
  const { outcome, sentence } = decisionReasons[reason];
  const { icon: OutcomeIcon, label, color } = outcomeLooks[outcome];
  return (
    <div className={classes['line']}>
      <OutcomeIcon
        size={18}
        className={classes['icon']}
        style={{ color: `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-4))` }}
        aria-hidden
      />
      <div className={classes['words']}>
        <Text size="sm">
          <Text span size="sm" fw={600}>
            {label}.
          </Text>{' '}
          {sentence}
        </Text>
        {detail !== undefined && detail !== null && (
          <Text size="sm" c="dimmed" className={classes['detail']}>
            {detail}
          </Text>
        )}
      </div>
    </div>
  );
}

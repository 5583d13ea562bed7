import { Button, Kbd, Text } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { fixFor } from '../../../shared/domain/template-fixes.ts';
import type { TemplateProblem } from '../../../shared/domain/template.ts';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import type { TextChange } from './edit-text.ts';
import classes from './problem-list.module.css';

type ProblemListProps = Readonly<{
  trigger: TriggerName;
  text: string;
  problems: readonly TemplateProblem[];
  onShow: (problem: TemplateProblem) => void;
  onFix: (fix: TextChange) => void;
}>;

/** What is wrong with the copy, each with what mends it. */
export function ProblemList({ trigger, text, problems, onShow, onFix }: ProblemListProps): React.JSX.Element {
  return (
    <div aria-live="polite">
      {problems.length > 0 && (
        <ul className={classes['problems']} aria-label="Problems">
          {problems.map((problem) => {
            const fix = fixFor(problem, text, trigger);
            const isWarning = problem.kind === 'opt_out_keyword';
            const ProblemIcon = isWarning ? IconAlertTriangle : IconAlertCircle;
            return (
              <li key={`${problem.kind} ${problem.start}`} className={classes['problem']} data-warning={isWarning}>
                <ProblemIcon size={18} className={classes['icon']} aria-hidden />
                <div className={classes['words']}>
                  <Text size="sm">
                    <b>{isWarning ? 'Warning: ' : 'Problem: '}</b>
                    {problem.message}
                  </Text>
                </div>
                <Button size="compact-sm" variant="subtle" onClick={() => onShow(problem)}>
                  Show
                </Button>
                {fix !== null && (
                  <Button size="compact-sm" variant="default" onClick={() => onFix(fix)}>
                    {fix.label}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {problems.length > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          <Kbd size="xs">Alt</Kbd> + <Kbd size="xs">Enter</Kbd> in the copy mends the one at the caret, or else the
          first.
        </Text>
      )}
    </div>
  );
}

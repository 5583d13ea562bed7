import { Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import classes from './step-list.module.css';

/** Steps of a set-up, numbered; each says by itself what is to be done. */
export function StepList({ children }: Readonly<{ children: React.ReactNode }>): React.JSX.Element {
  return <ol className={classes['steps']}>{children}</ol>;
}

type StepProps = Readonly<{ title: string; isDone?: boolean; children: React.ReactNode }>;

export function Step({ title, isDone = false, children }: StepProps): React.JSX.Element {
  return (
    <li className={classes['step']} data-done={isDone}>
      <Text fw={600} size="sm" component="h3">
        {title}
        {isDone && (
          <span className={classes['done']}>
            <IconCheck size={14} aria-hidden /> done
          </span>
        )}
      </Text>
      <div className={classes['body']}>{children}</div>
    </li>
  );
}

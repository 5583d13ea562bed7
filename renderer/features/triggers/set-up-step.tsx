import { Group, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import classes from './set-up-step.module.css';

type SetUpStepProps = Readonly<{
  number: number;
  title: string;
  isDone: boolean;
  note?: React.ReactNode;
  children?: React.ReactNode;
}>;

export function SetUpStep({ number, title, isDone, note, children }: SetUpStepProps): React.JSX.Element {
  return (
    <li className={classes['step']}>
      <span className={classes['mark']} data-done={isDone} aria-hidden>
        {isDone ? <IconCheck size={16} stroke={3} /> : number}
      </span>
      <div className={classes['words']}>
        <Text size="sm" fw={600}>
          {title}
          <span className={classes['spoken']}>{isDone ? ': done' : ': to do'}</span>
        </Text>
        {note !== undefined && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
      </div>
      <Group gap="xs" className={classes['actions']}>
        {children}
      </Group>
    </li>
  );
}

import { Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconPlayerPause, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { SetUpState } from '../../../shared/domain/set-up.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { setUpQuery, type TriggerView } from './queries.ts';
import classes from './set-up-progress.module.css';

type Progress = 'done' | 'open' | 'paused' | 'failing';

/** Six steps of set-up in four words: the trigger's own page has the rest. */
const progressOf: Readonly<Record<SetUpState, Progress>> = {
  not_started: 'open',
  copy_not_confirmed: 'open',
  copy_differs: 'open',
  toggle_not_confirmed: 'open',
  waiting_for_first_event: 'done',
  active: 'done',
  paused: 'paused',
  failing: 'failing',
};

const looks: Readonly<Record<Progress, Readonly<{ icon: Icon; label: string; color: string }>>> = {
  done: { icon: IconCircleCheck, label: 'Set up', color: 'green' },
  open: { icon: IconCircleDashed, label: 'To be set up', color: 'yellow' },
  paused: { icon: IconPlayerPause, label: 'Paused', color: 'gray' },
  failing: { icon: IconCircleX, label: 'Failing', color: 'red' },
};

/** How far each of the six triggers is, each a way to its page. */
export function SetUpProgress(): React.JSX.Element {
  const setUp = useQuery(setUpQuery);
  return (
    <Section title="Triggers" {...(setUp.data === undefined ? {} : { description: summarise(setUp.data) })}>
      <Loaded query={setUp} what="The triggers" skeleton={<RowSkeletons rows={1} height={88} />}>
        {(views) => (
          <ul className={classes['triggers']}>
            {views.map(({ trigger, setUp: { state } }) => {
              const { icon: ProgressIcon, label, color } = looks[progressOf[state]];
              return (
                <li key={trigger}>
                  <Link href={`/triggers/${trigger}`} className={classes['trigger']}>
                    <ProgressIcon
                      size={18}
                      className={classes['icon']}
                      style={{ color: `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-4))` }}
                      aria-hidden
                    />
                    <span>
                      {triggers[trigger].title}
                      <Text span size="xs" c="dimmed" display="block">
                        {label}
                      </Text>
                    </span>
                  </Link>
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function summarise(views: readonly TriggerView[]): string {
  const done = views.filter(({ setUp: { state } }) => progressOf[state] === 'done').length;
  return done === views.length ? 'All of them are set up.' : `${done} of ${views.length} are set up.`;
}

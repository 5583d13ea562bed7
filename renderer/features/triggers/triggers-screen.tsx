import { Button, Stack } from '@mantine/core';
import { IconBroadcast, IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { GuideLink } from '../../components/guide-link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { useCommands } from '../../lib/commands.ts';
import { useAction } from '../../lib/use-action.ts';
import { triggersQuery } from './queries.ts';
import { RegisterResults } from './register-results.tsx';
import { TestDialog } from './test-dialog.tsx';
import { TriggerRow } from './trigger-row.tsx';

export function TriggersScreen(): React.JSX.Element {
  const list = useQuery(triggersQuery);
  const register = useAction('triggers.register');
  const [testedTrigger, setTestedTrigger] = useState<TriggerName>('upcoming_order');
  const [isTestOpen, setIsTestOpen] = useState(false);

  useCommands([
    {
      id: 'triggers.test',
      label: 'Test a trigger',
      group: 'Triggers',
      keys: 't',
      icon: IconFlask,
      run: () => setIsTestOpen(true),
    },
    {
      id: 'triggers.register',
      label: 'Register triggers',
      group: 'Triggers',
      icon: IconBroadcast,
      run: () => register.mutate({}),
    },
  ]);

  return (
    <Screen
      title="Triggers"
      description={
        <>
          The six events that Heads Up hands to Postscript. Each one starts the automation that you made for it there.{' '}
          <GuideLink chapter="set-up-an-automation-in-postscript">How to set one up</GuideLink>
        </>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconFlask size={16} aria-hidden />}
            onClick={() => setIsTestOpen(true)}
          >
            Test a trigger
          </Button>
          <Button
            leftSection={<IconBroadcast size={16} aria-hidden />}
            loading={register.isPending}
            onClick={() => register.mutate({})}
          >
            Register triggers
          </Button>
        </>
      }
    >
      {register.error !== null && (
        <ErrorNotice
          error={register.error}
          title="The triggers could not be registered"
          onRetry={() => register.mutate({})}
        />
      )}
      {register.data !== undefined && <RegisterResults results={register.data} onClose={() => register.reset()} />}
      <Loaded query={list} what="The triggers" skeleton={<RowSkeletons rows={6} height={108} />}>
        {(triggers) => (
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
            {triggers.map((view) => (
              <TriggerRow
                key={view.trigger}
                view={view}
                isRegistering={register.isPending}
                onRegister={() => register.mutate({})}
                onTest={() => {
                  setTestedTrigger(view.trigger);
                  setIsTestOpen(true);
                }}
              />
            ))}
          </Stack>
        )}
      </Loaded>
      <TestDialog
        isOpen={isTestOpen}
        trigger={testedTrigger}
        onChoose={setTestedTrigger}
        onClose={() => setIsTestOpen(false)}
      />
    </Screen>
  );
}

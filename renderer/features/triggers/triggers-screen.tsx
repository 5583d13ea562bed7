import { Button, Stack } from '@mantine/core';
import { IconBroadcast, IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { useAction } from '../../lib/use-action.ts';
import { triggersQuery } from './queries.ts';
import { RegisterResults } from './register-results.tsx';
import { TestDialog } from './test-dialog.tsx';
import { TriggerRow } from './trigger-row.tsx';

export function TriggersScreen(): React.JSX.Element {
  const list = useQuery(triggersQuery);
  const register = useAction('triggers.register');
  // The dialog stays mounted while it closes, so the choice is kept next to whether it is open.
  const [test, setTest] = useState<{ trigger: TriggerName; isOpen: boolean }>({
    trigger: 'upcoming_order',
    isOpen: false,
  });

  return (
    <Screen
      title="Triggers"
      description="The six events that Heads Up hands to Postscript. Each one starts the automation that you made for it there; the copy of the text lives in that automation."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconFlask size={16} aria-hidden />}
            onClick={() => setTest({ ...test, isOpen: true })}
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
                onTest={() => setTest({ trigger: view.trigger, isOpen: true })}
              />
            ))}
          </Stack>
        )}
      </Loaded>
      <TestDialog
        isOpen={test.isOpen}
        trigger={test.trigger}
        onChoose={(trigger) => setTest({ trigger, isOpen: true })}
        onClose={() => setTest({ ...test, isOpen: false })}
      />
    </Screen>
  );
}

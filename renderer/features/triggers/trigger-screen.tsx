import { Button, Group, Stack, Switch, Tabs, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { triggerNames, triggers, type TriggerName } from '../../../shared/domain/triggers.ts';
import { Empty } from '../../components/empty.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { LookBadge } from '../../components/look-badge.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../lib/use-action.ts';
import { HistoryTab } from './history-tab.tsx';
import { triggersQuery, type TriggerView } from './queries.ts';
import { draftLook, setUpLooks, setUpSentences } from './set-up-looks.ts';
import { SetUpTab } from './set-up-tab.tsx';
import { TestForm } from './test-form.tsx';
import { TriggerCounters } from './trigger-counters.tsx';

// The editor brings the counting of segments along; the other tabs do without it.
const TemplateTab = lazy(async () => {
  const { TemplateTab: tab } = await import('./template-tab.tsx');
  return { default: tab };
});

const tabs = [
  { value: 'set-up', label: 'Set-up' },
  { value: 'template', label: 'Template' },
  { value: 'test', label: 'Test' },
  { value: 'history', label: 'History' },
] as const;
type TabName = (typeof tabs)[number]['value'];

/** Everything about one trigger. `name` comes from the address and may be anything. */
export function TriggerScreen({ name }: Readonly<{ name: string }>): React.JSX.Element {
  const trigger = triggerNames.find((known) => known === name);
  if (trigger === undefined) {
    return (
      <Screen title="No such trigger">
        <Empty
          icon={IconArrowLeft}
          title="There are six triggers, and this is none of them"
          action={<Button renderRoot={(props) => <Link {...props} href="/triggers" />}>See the triggers</Button>}
        >
          The address may be mistyped.
        </Empty>
      </Screen>
    );
  }
  return <KnownTrigger trigger={trigger} />;
}

function KnownTrigger({ trigger }: Readonly<{ trigger: TriggerName }>): React.JSX.Element {
  const list = useQuery(triggersQuery);
  const { title, description } = triggers[trigger];
  const view = list.data?.find((one) => one.trigger === trigger);
  return (
    <Screen title={title} description={description} actions={view && <OnOff view={view} />}>
      <Loaded query={{ ...list, data: view }} what="The trigger" skeleton={<RowSkeletons rows={4} height={90} />}>
        {(loaded) => (
          <>
            <StateLine view={loaded} />
            <TriggerTabs view={loaded} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function OnOff({ view }: Readonly<{ view: TriggerView }>): React.JSX.Element {
  const setEnabled = useAction('triggers.setEnabled');
  const { trigger, isEnabled } = view;
  return (
    <Stack gap="xs">
      <Switch
        size="md"
        label={isEnabled ? 'On' : 'Off'}
        aria-label={`Send ${triggers[trigger].title}`}
        checked={isEnabled}
        onChange={() => setEnabled.mutate({ trigger, isEnabled: !isEnabled })}
      />
      {setEnabled.error !== null && <ErrorNotice error={setEnabled.error} title="It could not be switched" />}
    </Stack>
  );
}

function StateLine({ view }: Readonly<{ view: TriggerView }>): React.JSX.Element {
  const { state } = view.setUp;
  return (
    <div>
      <Group gap="xs">
        <LookBadge look={setUpLooks[state]} />
        {!view.isCopyReady && <LookBadge look={draftLook} />}
        <Text size="sm">{setUpSentences[state]}</Text>
      </Group>
      <TriggerCounters view={view} />
    </div>
  );
}

function TriggerTabs({ view }: Readonly<{ view: TriggerView }>): React.JSX.Element {
  const { trigger } = view;
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('tab');
  const current: TabName = tabs.find(({ value }) => value === asked)?.value ?? 'set-up';
  const open = (tab: string | null): void => navigate(`/triggers/${trigger}?tab=${tab ?? 'set-up'}`, { replace: true });

  return (
    <Tabs value={current} onChange={open} keepMounted={false}>
      <Tabs.List aria-label={triggers[trigger].title} mb="md">
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="set-up">
        <SetUpTab view={view} />
      </Tabs.Panel>
      <Tabs.Panel value="template">
        <Suspense fallback={<RowSkeletons rows={3} height={140} />}>
          <TemplateTab key={trigger} trigger={trigger} />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="test">
        <Section title="Test by hand">
          <TestForm trigger={trigger} />
        </Section>
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <HistoryTab trigger={trigger} />
      </Tabs.Panel>
    </Tabs>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBroadcast } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { ConfirmableStep } from '../../../shared/domain/set-up.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyUndo } from '../../components/notify.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useShopTime, useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import { CopyButton } from './copy-button.tsx';
import type { TemplateView, TriggerView } from './queries.ts';
import { RegisterResults } from './register-results.tsx';
import { SetUpStep } from './set-up-step.tsx';

type SetUpStepsProps = Readonly<{ view: TriggerView; template: TemplateView }>;

/** The checklist. What the engine knows is ticked by itself; what only the merchant knows has a button. */
export function SetUpSteps({ view, template }: SetUpStepsProps): React.JSX.Element {
  const { connections } = useStatus();
  const shopTime = useShopTime();
  const register = useAction('triggers.register');
  const { trigger } = view;
  const { legacyName, eventType } = triggers[trigger];
  const { automationMadeAt, pastedAt, pastedCopy, activatedAt, copiedCopy } = template.confirmations;
  const isPasted = pastedCopy === template.copy;
  const postscript = connections.find(({ name }) => name === 'postscript');
  const isConnected = postscript !== undefined && postscript.state !== 'missing' && postscript.state !== 'refused';

  return (
    <Stack gap={0} component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
      <SetUpStep number={1} title="Postscript accepts your key" isDone={isConnected}>
        {!isConnected && (
          <Button size="xs" renderRoot={(props) => <Link {...props} href="/settings" />}>
            Connect Postscript
          </Button>
        )}
      </SetUpStep>
      <SetUpStep
        number={2}
        title="Postscript has seen the event"
        isDone={view.isKnownToPostscript}
        note={
          view.registeredAt !== null
            ? `Registered ${shopTime(view.registeredAt)}.`
            : view.isKnownToPostscript
              ? `It accepted an event of the type ${eventType}.`
              : `Registering sends one event of each type to nobody, so that ${eventType} can be chosen.`
        }
      >
        {!view.isKnownToPostscript && (
          <Button
            size="xs"
            leftSection={<IconBroadcast size={14} aria-hidden />}
            loading={register.isPending}
            disabled={!isConnected}
            onClick={() => register.mutate({})}
          >
            Register triggers
          </Button>
        )}
      </SetUpStep>
      {register.error !== null && <ErrorNotice error={register.error} title="The triggers could not be registered" />}
      {register.data !== undefined && <RegisterResults results={register.data} onClose={() => register.reset()} />}
      <SetUpStep
        number={3}
        title={`An automation waits for “${legacyName}”`}
        isDone={automationMadeAt !== null}
        note={
          automationMadeAt === null ? 'Both ways to make it are below.' : `Confirmed ${shopTime(automationMadeAt)}.`
        }
      >
        <Confirmation view={view} step="automation" isDone={automationMadeAt !== null} label="I made it" />
      </SetUpStep>
      <SetUpStep
        number={4}
        title="The copy is pasted into it"
        isDone={isPasted}
        note={
          !template.isReady ? (
            <>
              The template is a draft.{' '}
              <TextLink to={`/triggers/${trigger}?tab=template`}>Mend it in the editor</TextLink> first.
            </>
          ) : isPasted && pastedAt !== null ? (
            `Confirmed ${shopTime(pastedAt)}.`
          ) : pastedCopy !== null ? (
            'The template was changed since you pasted it. Paste it again.'
          ) : copiedCopy === template.copy ? (
            'Copied. Confirm when it is pasted.'
          ) : (
            <>
              Copy it here, or <TextLink to={`/triggers/${trigger}?tab=template`}>change it first</TextLink>.
            </>
          )
        }
      >
        {template.isReady && !isPasted && <CopyButton trigger={trigger} text={template.copy} />}
        <Confirmation view={view} step="copy" isDone={isPasted} label="I pasted it" isDisabled={!template.isReady} />
      </SetUpStep>
      <SetUpStep
        number={5}
        title="Its wait is at least one minute, and its Active toggle is green"
        isDone={activatedAt !== null}
        note={
          activatedAt === null
            ? 'An automation that is not active texts nobody.'
            : `Confirmed ${shopTime(activatedAt)}.`
        }
      >
        <Confirmation view={view} step="active" isDone={activatedAt !== null} label="It is active" />
      </SetUpStep>
      <SetUpStep
        number={6}
        title="Postscript accepted the first real event"
        isDone={view.lastAcceptedAt !== null}
        note={
          view.lastAcceptedAt === null
            ? 'Happens by itself once sending is on and something comes up.'
            : `Last accepted ${shopTime(view.lastAcceptedAt)}.`
        }
      >
        {view.lastAcceptedAt === null && (
          <TextLink to={`/triggers/${trigger}?tab=test`}>Send a test meanwhile</TextLink>
        )}
      </SetUpStep>
    </Stack>
  );
}

type ConfirmationProps = Readonly<{
  view: TriggerView;
  step: ConfirmableStep;
  isDone: boolean;
  label: string;
  isDisabled?: boolean;
}>;

function Confirmation({ view, step, isDone, label, isDisabled = false }: ConfirmationProps): React.JSX.Element {
  const { trigger } = view;
  const confirm = useAction('templates.confirm');
  const { title } = triggers[trigger];
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant={isDone ? 'subtle' : 'default'}
        disabled={isDisabled && !isDone}
        loading={confirm.isPending}
        aria-label={isDone ? `Take back “${label}” for ${title}` : undefined}
        onClick={() =>
          confirm.mutate(
            { trigger, step, isDone: !isDone },
            {
              onSuccess: () => {
                if (!isDone) return;
                notifyUndo({
                  message: `“${label}” was taken back.`,
                  onUndo: () => confirm.mutate({ trigger, step, isDone: true }),
                });
              },
            },
          )
        }
      >
        {isDone ? 'Take back' : label}
      </Button>
      {confirm.error !== null && (
        <Text size="xs" c="red">
          {confirm.error.message}
        </Text>
      )}
    </Group>
  );
}

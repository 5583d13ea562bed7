import { Button, Group, Stack, Text } from '@mantine/core';
import {
  IconCircle,
  IconCircleCheck,
  IconCircleX,
  IconDeviceMobileMessage,
  IconPlayerPlay,
  IconProgress,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { TEXT_PATIENCE_MS, type InboxTestKind } from '../../../shared/domain/inbox-test.ts';
import type { InboxTestView } from '../../../shared/ipc/connections-contract.ts';
import { Bubble } from '../../components/bubble.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import { inboxTestQuery } from './queries.ts';
import classes from './step-list.module.css';

type Hop = InboxTestView['hops'][number];

const hopNames: Readonly<Record<Hop['hop'], string>> = {
  inbox_answers: 'This computer reaches the inbox',
  webhook_known: 'Postscript knows the webhook',
  sample_taken: 'The inbox takes a signed text',
  sample_read: 'The text comes back to this computer',
  text_read: 'Your text arrives',
};

const looks: Readonly<Record<Hop['state'], Readonly<{ icon: Icon; word: string; color: string }>>> = {
  waiting: { icon: IconCircle, word: 'not yet', color: 'var(--ink-soft)' },
  running: { icon: IconProgress, word: 'under way', color: 'var(--accent)' },
  passed: { icon: IconCircleCheck, word: 'works', color: 'var(--accent)' },
  failed: { icon: IconCircleX, word: 'does not work', color: 'var(--mantine-color-error)' },
};

const verdicts: Readonly<Record<InboxTestKind, string>> = {
  sample:
    'Everything works from the inbox to this computer. Whether Postscript reaches the inbox is only proven by a text from a phone.',
  text: 'Everything works, from a phone to this computer.',
};

/** Proves the way of a text, part by part, while it happens. */
export function InboxTestPanel(): React.JSX.Element {
  const start = useAction('connections.startInboxTest');
  const cancel = useAction('connections.cancelInboxTest');
  const { data: test } = useQuery(inboxTestQuery);
  const isRunning = test?.isRunning === true;
  const error = start.error ?? cancel.error;

  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          disabled={isRunning}
          onClick={() => start.mutate({ kind: 'sample' })}
        >
          Test with a sample
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDeviceMobileMessage size={16} aria-hidden />}
          disabled={isRunning}
          onClick={() => start.mutate({ kind: 'text' })}
        >
          Test with my phone
        </Button>
        {isRunning && (
          <Button size="xs" variant="default" onClick={() => cancel.mutate({})}>
            Stop the test
          </Button>
        )}
      </Group>
      {error !== null && <ErrorNotice error={error} title="The test did not start" />}
      <div aria-live="polite">{test !== null && test !== undefined && <Course test={test} />}</div>
    </Stack>
  );
}

function Course({ test }: Readonly<{ test: InboxTestView }>): React.JSX.Element {
  const { kind, hops, reply } = test;
  const shopTime = useShopTime();
  const isWaitingForText = hops.some(({ hop, state }) => hop === 'text_read' && state === 'running');
  return (
    <Stack gap="sm">
      <ol className={classes['hops']}>
        {hops.map((hop) => (
          <HopLine key={hop.hop} hop={hop} />
        ))}
      </ol>
      {isWaitingForText && (
        <Text size="sm">
          <b>Send a text to your Postscript number now.</b> Write anything but SKIP: it is handled like any customer’s
          text. Waiting until {shopTime(test.startedAt + TEXT_PATIENCE_MS, 'clock')}.
        </Text>
      )}
      {reply !== null && (
        <div>
          <Text size="sm">From {reply.phone}:</Text>
          <Bubble side="from_customer" note={shopTime(reply.receivedAt, 'second')}>
            {reply.body.slice(0, 300)}
          </Bubble>
          <Text size="sm">
            <TextLink to="/replies">See it under Replies</TextLink>
          </Text>
        </div>
      )}
      {hops.every(({ state }) => state === 'passed') && (
        <Text size="sm" fw={600}>
          {verdicts[kind]}
        </Text>
      )}
    </Stack>
  );
}

function HopLine({ hop: { hop, state, message, nextStep } }: Readonly<{ hop: Hop }>): React.JSX.Element {
  const { icon: HopIcon, word, color } = looks[state];
  return (
    <li className={classes['hop']}>
      <HopIcon size={20} color={color} aria-hidden />
      <div>
        {hopNames[hop]}: <b>{word}</b>
        {message !== null && (
          <div className={classes['note']}>
            {message} {nextStep}
          </div>
        )}
      </div>
    </li>
  );
}

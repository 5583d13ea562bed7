import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ConnectionView } from '../../../shared/ipc/schemas.ts';
import { PostscriptKeyForm, SmartrrTokenForm } from '../../components/connect-forms.tsx';
import { connectionStateLooks } from '../../components/connection-looks.ts';
import { Facts } from '../../components/facts.tsx';
import { GuideLink } from '../../components/guide-link.tsx';
import { LookBadge } from '../../components/look-badge.tsx';
import { SecretStoreNote } from '../../components/secret-store-note.tsx';
import { Section } from '../../components/section.tsx';
import { useStatus } from '../../lib/status.ts';
import { pathOf, placeAfter } from './places.ts';
import { StepActions } from './step-actions.tsx';

type Name = 'postscript' | 'smartrr';

const words: Readonly<Record<Name, Readonly<{ key: string; purpose: string; form: typeof PostscriptKeyForm }>>> = {
  postscript: {
    key: 'private key',
    purpose: 'Postscript takes the triggers and sends the texts. It is asked now whose key this is; nothing is sent.',
    form: PostscriptKeyForm,
  },
  smartrr: {
    key: 'API token',
    purpose: 'Smartrr holds the subscriptions. Reading them begins as soon as the token is accepted.',
    form: SmartrrTokenForm,
  },
};

type ConnectStepProps = Readonly<{
  name: Name;
  /** As the set-up knows it, which lets nobody past a missing connection; the status may know of the key sooner. */
  isDone: boolean;
}>;

/** A key is asked for, tried, and only kept when its service knows it; then the shop that it belongs to is shown. */
export function ConnectStep({ name, isDone }: ConnectStepProps): React.JSX.Element {
  const { connections } = useStatus();
  const [isReplacing, setIsReplacing] = useState(false);
  const connection = connections.find((each) => each.name === name);
  const { key, purpose, form: Form } = words[name];
  const isConnected = connection !== undefined && connection.state !== 'missing';

  return (
    <>
      <Section title={isConnected ? 'Connected' : `Paste the ${key}`} description={purpose}>
        <div aria-live="polite">{isConnected && <Connected connection={connection} keyName={key} />}</div>
        {(!isConnected || isReplacing) && <Form onSaved={() => setIsReplacing(false)} />}
        {isConnected && (
          <Group>
            <Button
              size="xs"
              variant="default"
              aria-expanded={isReplacing}
              onClick={() => setIsReplacing(!isReplacing)}
            >
              {isReplacing ? `Keep this ${key}` : `Use another ${key}`}
            </Button>
          </Group>
        )}
        <SecretStoreNote />
        <Text size="sm">
          <GuideLink chapter="connect-your-shop">Where to find the keys, in the guide</GuideLink>
        </Text>
      </Section>
      <StepActions step={name}>
        {isDone && (
          <Button component={Link} href={pathOf(placeAfter(name))}>
            Continue
          </Button>
        )}
      </StepActions>
    </>
  );
}

type ConnectedProps = Readonly<{ connection: ConnectionView; keyName: string }>;

function Connected({ connection, keyName }: ConnectedProps): React.JSX.Element {
  const { label, keyEnding, state, problem } = connection;
  return (
    <>
      <Facts
        facts={[
          { label: 'State', value: <LookBadge look={connectionStateLooks[state]} /> },
          { label: 'Shop', value: label?.slice(0, 300) ?? 'Accepted; the service did not name the shop' },
          { label: `The ${keyName} ends in`, value: keyEnding ?? 'not shown' },
        ]}
      />
      {problem !== null && (
        <Text size="sm" mt="xs" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {problem}
        </Text>
      )}
    </>
  );
}

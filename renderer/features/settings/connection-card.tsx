import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/schemas.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { connectionNames, connectionStateLooks } from '../../components/connection-looks.ts';
import { ExternalLink } from '../../components/external-link.tsx';
import { LookBadge } from '../../components/look-badge.tsx';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import { ConnectionTest } from './connection-test.tsx';

type ConnectionCardProps = Readonly<{
  connection: ConnectionView;
  isReadOnly: boolean;
  /** The form that makes or replaces the connection; null where it has a page of its own. */
  renderForm: ((onSaved: () => void) => React.ReactNode) | null;
  extra?: React.ReactNode;
}>;

const purposes: Readonly<Record<ConnectionView['name'], string>> = {
  postscript: 'Takes the triggers and sends the texts.',
  smartrr: 'Holds the subscriptions; orders are skipped there.',
  inbox: 'Receives what customers text back. Needed for SKIP; notices go out without it.',
};

const removals: Readonly<Record<ConnectionView['name'], string>> = {
  postscript:
    'Nothing is sent any more until a key is added. Deliveries wait and are still checked against their deadlines. The log, the settings and the templates stay.',
  smartrr:
    'Subscriptions are not read and orders are not skipped until a token is added. The log and the customers that are known here stay.',
  inbox:
    'Replies are not fetched any more, so SKIP does nothing until an inbox is added. The replies that are here stay.',
};

/** What goes on while a service does not answer or refuses. */
const stillWorking: Readonly<Record<ConnectionView['name'], string>> = {
  postscript: 'Subscriptions and replies are read as usual. Deliveries wait and leave when Postscript answers again.',
  smartrr: 'Replies are read and decided. Notices wait, because the order is checked first, and so do skips.',
  inbox: 'Triggers go out as usual. What customers text is kept by the inbox, or repeated by Postscript for an hour.',
};

export function ConnectionCard({ connection, isReadOnly, renderForm, extra }: ConnectionCardProps): React.JSX.Element {
  const { name, state, problem } = connection;
  const [isReplacing, setIsReplacing] = useState(false);
  const [isRemoving, setIsRemoving] = useState(false);
  const remove = useAction('connections.remove');
  const test = useAction('connections.test');
  const shopTime = useShopTime();
  const isMissing = state === 'missing';
  const title = connectionNames[name];

  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
            <Group gap="xs">
              <Title order={3}>{title}</Title>
              <LookBadge look={connectionStateLooks[state]} />
            </Group>
            <Text size="sm" c="dimmed">
              {purposes[name]}
            </Text>
            {!isMissing && (
              <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
                {describe(connection, shopTime)}
              </Text>
            )}
          </div>
          {!isMissing && (
            <Group gap="xs">
              <Button
                size="xs"
                variant="default"
                aria-label={`Test the ${title} connection`}
                loading={test.isPending}
                onClick={() => test.mutate({ name })}
              >
                Test
              </Button>
              {!isReadOnly && renderForm !== null && (
                <Button
                  size="xs"
                  variant="default"
                  aria-expanded={isReplacing}
                  aria-label={isReplacing ? `Keep the ${title} connection as it is` : `Replace the ${title} connection`}
                  onClick={() => setIsReplacing(!isReplacing)}
                >
                  {isReplacing ? 'Keep' : 'Replace'}
                </Button>
              )}
              {!isReadOnly && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Remove the ${title} connection`}
                  onClick={() => setIsRemoving(true)}
                >
                  Remove
                </Button>
              )}
            </Group>
          )}
        </Group>
        {problem !== null && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <b>{problem}</b> {stillWorking[name]}{' '}
            {name === 'postscript' && state === 'failing' && !isReadOnly && (
              <ExternalLink to="postscriptStatus">Is Postscript down for everybody?</ExternalLink>
            )}
          </Text>
        )}
        <ConnectionTest answer={test.data?.message} error={test.error} />
        {(isMissing || isReplacing) && !isReadOnly && renderForm?.(() => setIsReplacing(false))}
        {extra}
      </Stack>
      <ConfirmDialog
        isOpen={isRemoving}
        title={`Remove the ${title} connection?`}
        confirmLabel="Remove"
        isDangerous
        isPending={remove.isPending}
        error={remove.error}
        onClose={() => {
          setIsRemoving(false);
          remove.reset();
        }}
        onConfirm={() => remove.mutate({ name }, { onSuccess: () => setIsRemoving(false) })}
      >
        <Text size="sm">{removals[name]}</Text>
      </ConfirmDialog>
    </Paper>
  );
}

function describe(
  { label, keyEnding, lastOkAt, failingSince }: ConnectionView,
  shopTime: (at: number) => string,
): string {
  const parts: string[] = [];
  if (label !== null) parts.push(label);
  if (keyEnding !== null) parts.push(`key ending in ${keyEnding}`);
  if (lastOkAt !== null) parts.push(`last answer ${shopTime(lastOkAt)}`);
  if (failingSince !== null) parts.push(`failing since ${shopTime(failingSince)}`);
  return parts.join(', ');
}

import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSecretAction } from '../../lib/use-secret-action.ts';

const empty = { url: '', token: '', webhookSecret: '' };

export function InboxForm({ onSaved }: Readonly<{ onSaved: () => void }>): React.JSX.Element {
  const [typed, setTyped] = useState(empty);
  const save = useSecretAction('connections.saveInbox');
  const isComplete = Object.values(typed).every((value) => value.trim() !== '');

  function change(part: Partial<typeof empty>): void {
    save.reset();
    setTyped({ ...typed, ...part });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { url, token, webhookSecret } = typed;
        save.run({ url: url.trim(), token: token.trim(), webhookSecret: webhookSecret.trim() }, () => {
          setTyped(empty);
          onSaved();
        });
      }}
    >
      <Stack gap="sm" maw="34rem">
        <TextInput
          label="Address"
          description="Where your reply inbox runs, with HTTPS."
          placeholder="https://inbox.example.com"
          type="url"
          autoComplete="off"
          maxLength={500}
          required
          value={typed.url}
          onChange={({ currentTarget }) => change({ url: currentTarget.value })}
        />
        <PasswordInput
          label="Read token"
          description="Lets this computer fetch replies from the inbox."
          autoComplete="off"
          maxLength={1_000}
          required
          value={typed.token}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the read token' }}
          onChange={({ currentTarget }) => change({ token: currentTarget.value })}
        />
        <PasswordInput
          label="Webhook secret"
          description="Proves to the inbox that a reply comes from Postscript."
          autoComplete="off"
          maxLength={1_000}
          required
          value={typed.webhookSecret}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the webhook secret' }}
          onChange={({ currentTarget }) => change({ webhookSecret: currentTarget.value })}
        />
        {save.error !== null && <ErrorNotice error={save.error} title="Nothing was saved" />}
        <div>
          <Button type="submit" loading={save.isPending} disabled={!isComplete}>
            Verify and save
          </Button>
        </div>
      </Stack>
    </form>
  );
}

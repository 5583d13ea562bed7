import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Input } from '../../shared/ipc/contract.ts';
import { ErrorNotice } from './error-notice.tsx';
import { useSecretAction } from '../lib/use-secret-action.ts';

type KeyChannel = 'connections.savePostscriptKey' | 'connections.saveSmartrrToken';

type KeyFormProps<C extends KeyChannel> = Readonly<{
  channel: C;
  toInput: (key: string) => Input<C>;
  label: string;
  hint: string;
  onSaved: () => void;
}>;

/** Verifies first and keeps only what was accepted. The typed key leaves the screen as soon as it is kept. */
export function KeyForm<C extends KeyChannel>({
  channel,
  toInput,
  label,
  hint,
  onSaved,
}: KeyFormProps<C>): React.JSX.Element {
  const [key, setKey] = useState('');
  const save = useSecretAction(channel);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run(toInput(key.trim()), () => {
          setKey('');
          onSaved();
        });
      }}
    >
      <Stack gap="sm" maw="34rem">
        <PasswordInput
          label={label}
          description={hint}
          autoComplete="off"
          spellCheck={false}
          maxLength={1_000}
          required
          value={key}
          visibilityToggleButtonProps={{ 'aria-label': `Show the ${label.toLowerCase()}` }}
          onChange={({ currentTarget }) => {
            save.reset();
            setKey(currentTarget.value);
          }}
        />
        {save.error !== null && <ErrorNotice error={save.error} title="Nothing was saved" />}
        <div>
          <Button type="submit" loading={save.isPending} disabled={key.trim() === ''}>
            Verify and save
          </Button>
        </div>
      </Stack>
    </form>
  );
}

import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '../../../shared/domain/counts.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { saveFile } from '../../lib/save-file.ts';
import { useAction } from '../../lib/use-action.ts';

const WORD = 'ERASE';

/** What a customer may ask for: everything that is held about them, or that it is gone. */
export function CustomerPrivacy({ id }: Readonly<{ id: string }>): React.JSX.Element {
  const exported = useAction('privacy.exportCustomer');
  const [isAsked, setIsAsked] = useState(false);
  return (
    <Section
      title="Their data"
      description="Everything that this computer holds about them as one file, or all of it erased."
      actions={
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={exported.isPending}
            onClick={() =>
              exported.mutate(
                { id },
                { onSuccess: ({ fileName, json }) => saveFile(fileName, [json], 'application/json') },
              )
            }
          >
            Export
          </Button>
          <Button variant="default" leftSection={<IconEraser size={16} aria-hidden />} onClick={() => setIsAsked(true)}>
            Erase…
          </Button>
        </Group>
      }
    >
      {exported.error !== null && <ErrorNotice error={exported.error} title="Nothing was exported" />}
      {isAsked && <EraseDialog id={id} onClose={() => setIsAsked(false)} />}
    </Section>
  );
}

type EraseDialogProps = Readonly<{ id: string; onClose: () => void }>;

function EraseDialog({ id, onClose }: EraseDialogProps): React.JSX.Element {
  const erase = useAction('privacy.eraseCustomer');
  const [word, setWord] = useState('');
  const isMeant = word.trim() === WORD;
  if (erase.data !== undefined) {
    const { backups } = erase.data;
    return (
      <Dialog isOpen title="The customer is erased" onClose={onClose}>
        <Stack>
          <Text size="sm">
            {backups === 0 ? (
              'There are no backups that still know them.'
            ) : (
              <>
                {formatCount(backups, 'backup')} still know them. The daily ones are gone in a week; the others stay
                until you remove them: <TextLink to="/settings/backup">look at the backups</TextLink>.
              </>
            )}
          </Text>
          <Group justify="flex-end">
            <Button onClick={onClose}>Close</Button>
          </Group>
        </Stack>
      </Dialog>
    );
  }
  return (
    <Dialog isOpen title="Erase this customer?" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isMeant) erase.mutate({ id, confirmation: WORD });
        }}
      >
        <Stack>
          <List size="sm" spacing={4}>
            <List.Item>
              Name, phone number, e-mail address, subscriptions, the words of their replies and what was handed over for
              them are erased here. That cannot be taken back.
            </List.Item>
            <List.Item>
              What is still in line for them is not sent, nothing is sent later, and no sync brings them back.
            </List.Item>
            <List.Item>
              That something was decided, and when, stays without their data, so that nothing is done twice.
            </List.Item>
            <List.Item>
              <b>Not erased:</b> what Smartrr, Postscript and the inbox hold, and older backups. A text that they send
              later is kept as one from an unknown number.
            </List.Item>
          </List>
          <TextInput
            label={`Type ${WORD} to go on`}
            autoComplete="off"
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
          />
          {erase.error !== null && <ErrorNotice error={erase.error} title="Nothing was erased" />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red" disabled={!isMeant} loading={erase.isPending}>
              Erase the customer
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Output } from '../../../shared/ipc/contract.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/section.tsx';
import { formatBytes } from '../../lib/format.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useShopTime, useStatus, type Status } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import classes from './diagnostics-section.module.css';

type Bundle = Output<'diagnostics.collect'>;

const storageWords: Readonly<Record<Status['storage']['state'], string>> = {
  checking: 'Being checked',
  sound: 'Sound',
  failing: 'Sound, but it cannot be written',
  damaged: 'Damaged',
};

export function DiagnosticsSection(): React.JSX.Element {
  const { storage, version } = useStatus();
  const message = storage.message === null ? '' : `. ${storage.message}`;
  return (
    <Stack gap="md">
      <Section title="State">
        <Facts
          facts={[
            { label: 'Version', value: version },
            { label: 'Database', value: `${storageWords[storage.state]}${message}` },
          ]}
        />
      </Section>
      <BundleCard />
    </Stack>
  );
}

function BundleCard(): React.JSX.Element {
  const collect = useAction('diagnostics.collect');
  return (
    <Section
      title="Bundle for whoever helps you"
      description="One file about how Heads Up does: versions, settings, connections, the database’s structure and the end of the log. No names, phone numbers, e-mail addresses, texts or keys are in it. Read it before you save it; nothing is sent anywhere."
      actions={
        <Button variant="default" loading={collect.isPending} onClick={() => collect.mutate({})}>
          {collect.data === undefined ? 'Collect it' : 'Collect it again'}
        </Button>
      }
    >
      {collect.error !== null && <ErrorNotice error={collect.error} title="The bundle was not collected" />}
      {collect.data !== undefined && <Preview bundle={collect.data} />}
    </Section>
  );
}

function Preview({ bundle }: Readonly<{ bundle: Bundle }>): React.JSX.Element {
  const shopTime = useShopTime();
  const name = `heads-up-${bundle.id}.zip`;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" aria-live="polite">
          <b>{bundle.id}</b>, collected {shopTime(bundle.madeAt, 'second')}. The log names it too.
        </Text>
        <Button
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile(name, [toBytes(bundle.zip)], 'application/zip')}
        >
          Save {name}
        </Button>
      </Group>
      <ul className={classes['files']} aria-label="What the bundle holds">
        {bundle.files.map(({ name: file, about, text }) => (
          <li key={file}>
            <details className={classes['file']}>
              <summary>
                <span className={classes['name']}>{file}</span>
                <span className={classes['about']}>
                  {about}, {formatBytes(new Blob([text]).size)}
                </span>
              </summary>
              <textarea readOnly rows={16} aria-label={`Contents of ${file}`} value={text} />
            </details>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function toBytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

import { Button, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { defaultCopyOf, type TriggerName } from '../../../shared/domain/triggers.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyUndo } from '../../components/notify.tsx';
import { Section } from '../../components/section.tsx';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import type { TemplateView } from './queries.ts';
import classes from './version-list.module.css';

type VersionListProps = Readonly<{
  trigger: TriggerName;
  template: TemplateView;
  onBeforeRestore: () => Promise<void>;
}>;

/** Every save, newest first, down to the seed's copy. Restoring makes a new version, so it can be undone. */
export function VersionList({ trigger, template, onBeforeRestore }: VersionListProps): React.JSX.Element {
  const shopTime = useShopTime();
  const restore = useAction('templates.restore');

  async function restoreVersion(versionId: number | null, name: string): Promise<void> {
    // What is typed becomes a version first: restoring another one must not lose it.
    await onBeforeRestore();
    const { previousId } = await restore.mutateAsync({ trigger, versionId });
    notifyUndo({
      message: `${name} is the template again.`,
      onUndo: () => restore.mutate({ trigger, versionId: previousId }),
    });
  }

  // A failure is shown from the mutation itself.
  const restoreQuietly = (versionId: number | null, name: string): void =>
    void restoreVersion(versionId, name).catch(() => undefined);

  return (
    <Section
      title="Versions"
      description="Every save is kept. Restoring one changes nothing in Postscript until you paste it."
    >
      {restore.error !== null && <ErrorNotice error={restore.error} title="The version could not be restored" />}
      <ul className={classes['versions']}>
        {template.versions.map(({ id, copy, savedAt, restoredFrom }) => (
          <VersionRow
            key={id}
            title={`Version ${id}`}
            note={`${shopTime(savedAt)}${restoredFrom === null ? '' : `, as version ${restoredFrom}`}`}
            copy={copy}
            isCurrent={copy === template.copy}
            onRestore={() => restoreQuietly(id, `Version ${id}`)}
          />
        ))}
        <VersionRow
          title="Example copy"
          note="What the integration's documentation suggests"
          copy={defaultCopyOf(trigger)}
          isCurrent={template.copy === defaultCopyOf(trigger)}
          onRestore={() => restoreQuietly(null, 'The example copy')}
        />
      </ul>
    </Section>
  );
}

type VersionRowProps = Readonly<{
  title: string;
  note: string;
  copy: string;
  isCurrent: boolean;
  onRestore: () => void;
}>;

function VersionRow({ title, note, copy, isCurrent, onRestore }: VersionRowProps): React.JSX.Element {
  return (
    <li className={classes['version']}>
      <div className={classes['words']}>
        <Text size="sm">
          <b>{title}</b>{' '}
          <Text span size="sm" c="dimmed">
            {note}
          </Text>
        </Text>
        <Text size="sm" className={classes['copy']}>
          {copy === '' ? '(empty)' : copy}
        </Text>
      </div>
      {isCurrent ? (
        <Text size="sm" c="dimmed">
          As it is now
        </Text>
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconHistory size={14} aria-hidden />}
          aria-label={`Restore ${title}`}
          onClick={onRestore}
        >
          Restore
        </Button>
      )}
    </li>
  );
}

import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconDeviceFloppy, IconFlask } from '@tabler/icons-react';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { LookBadge, type Look } from '../../components/look-badge.tsx';
import { notifyUndo } from '../../components/notify.tsx';
import { useAction } from '../../lib/use-action.ts';
import { CopyButton } from './copy-button.tsx';
import type { TemplateView } from './queries.ts';
import { draftLook } from './set-up-looks.ts';
import type { useTemplateDraft } from './use-template-draft.ts';

type TemplateBarProps = Readonly<{
  trigger: TriggerName;
  template: TemplateView;
  draft: ReturnType<typeof useTemplateDraft>;
  isReady: boolean;
  isSaving: boolean;
  onSave: () => Promise<void>;
  onTest: () => void;
}>;

const readyLook: Look = { icon: IconCircleCheck, label: 'Ready', color: 'green' };

/** Save, copy, confirm, test; and what state the copy is in. */
export function TemplateBar(props: TemplateBarProps): React.JSX.Element {
  const { trigger, template, draft, isReady, isSaving, onSave, onTest } = props;
  const confirm = useAction('templates.confirm');

  function discard(): void {
    const { text } = draft;
    draft.discard();
    notifyUndo({ message: 'Your unsaved changes are gone.', onUndo: () => draft.change(text) });
  }

  return (
    <div>
      <Group gap="xs">
        <Button
          size="xs"
          leftSection={<IconDeviceFloppy size={14} aria-hidden />}
          disabled={!draft.isChanged}
          loading={isSaving}
          onClick={() => void onSave().catch(() => undefined)}
        >
          Save
        </Button>
        <CopyButton trigger={trigger} text={draft.text} onBeforeCopy={onSave} />
        <Button size="xs" variant="default" leftSection={<IconFlask size={14} aria-hidden />} onClick={onTest}>
          Test
        </Button>
        <LookBadge look={isReady ? readyLook : draftLook} />
      </Group>
      <Group gap="sm" mt={6} mih={30} aria-live="polite">
        <Text size="sm" c="dimmed">
          {stateOf(props)}
        </Text>
        {draft.isChanged && (
          <Button size="compact-sm" variant="subtle" onClick={discard}>
            Discard
          </Button>
        )}
        {!draft.isChanged && template.isReady && template.confirmations.copiedCopy === template.copy && (
          <Button
            size="compact-sm"
            variant="default"
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ trigger, step: 'copy', isDone: true })}
          >
            I pasted it
          </Button>
        )}
        {confirm.error !== null && (
          <Text size="sm" c="red">
            {confirm.error.message}
          </Text>
        )}
      </Group>
    </div>
  );
}

function stateOf({ template, draft, isReady }: TemplateBarProps): string {
  const { copiedCopy, pastedCopy } = template.confirmations;
  if (draft.isFromBefore) return 'Your unsaved changes from before are still here.';
  if (draft.isChanged) return isReady ? 'Not saved yet.' : 'Not saved yet. With its problems it is saved as a draft.';
  if (!template.isReady) return 'Saved as a draft. Mend its problems before you paste it.';
  if (pastedCopy === template.copy) return 'Saved, and as you pasted it into Postscript.';
  if (copiedCopy === template.copy) return 'Copied. Confirm when it is pasted.';
  return pastedCopy === null ? 'Saved. Not in Postscript yet.' : 'Saved. The copy in Postscript differs.';
}

import { Paper, Stack } from '@mantine/core';
import { useHotkeys, type HotkeyItem } from '@mantine/hooks';
import { IconDeviceFloppy, IconFlask } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { applyFix, fixFor } from '../../../shared/domain/template-fixes.ts';
import { checkTemplate } from '../../../shared/domain/template.ts';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCommands } from '../../lib/commands.ts';
import { useAction } from '../../lib/use-action.ts';
import { CopyAdvice } from './copy-advice.tsx';
import { typeInto, type TextChange } from './edit-text.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { ProblemList } from './problem-list.tsx';
import type { TemplateView } from './queries.ts';
import { sampleNames } from './sample-people.ts';
import { SegmentMeter } from './segment-meter.tsx';
import { TemplateBar } from './template-bar.tsx';
import { TemplateEditor } from './template-editor.tsx';
import classes from './template-workbench.module.css';
import { TestDialog } from './test-dialog.tsx';
import { UnicodeList } from './unicode-list.tsx';
import { usePreview } from './use-preview.ts';
import { useTemplateDraft } from './use-template-draft.ts';
import { VersionList } from './version-list.tsx';

type TemplateWorkbenchProps = Readonly<{ trigger: TriggerName; template: TemplateView }>;

/** The editor with everything that says what the copy will look like and cost. */
export function TemplateWorkbench({ trigger, template }: TemplateWorkbenchProps): React.JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  const draft = useTemplateDraft(trigger, template.copy);
  const preview = usePreview(trigger, draft.text, template);
  const save = useAction('templates.save');
  const [isTestOpen, setIsTestOpen] = useState(false);
  const { text } = draft;
  const problems = checkTemplate(text, trigger);

  async function saveNow(): Promise<void> {
    if (!draft.isChanged) return;
    await save.mutateAsync({ trigger, copy: text });
    draft.settle(text);
  }

  // What went wrong is shown from the mutation itself.
  const saveQuietly = (): void => void saveNow().catch(() => undefined);
  // A test shows the saved template, so that is what the editor has to be by then.
  const openTest = (): void => {
    void saveNow().then(
      () => setIsTestOpen(true),
      () => undefined,
    );
  };

  function change(next: TextChange): void {
    if (area.current !== null) typeInto(area.current, next);
    else draft.change(applyFix(text, { ...next, label: '' }));
  }

  function fixAt(caret: number): void {
    const atCaret = problems.filter(({ start, end }) => start <= caret && caret <= end);
    const fix = [...atCaret, ...problems].map((problem) => fixFor(problem, text, trigger)).find((one) => one !== null);
    if (fix !== undefined) change(fix);
  }

  useCommands([
    {
      id: 'template.save',
      label: 'Save the template',
      group: 'Template',
      keys: 'mod+s',
      icon: IconDeviceFloppy,
      run: saveQuietly,
    },
    { id: 'template.test', label: 'Test this template', group: 'Template', icon: IconFlask, run: openTest },
  ]);
  useHotkeys(
    [
      ['mod+Enter', openTest],
      ...sampleNames.map((name, index): HotkeyItem => [
        `alt+digit${index + 1}`,
        () => preview.setSource(name),
        // With Alt, a Mac types another character than the digit.
        { usePhysicalKeys: true },
      ]),
    ],
    [],
  );

  return (
    <Stack>
      <Paper withBorder p="md" className={classes['columns']}>
        <Stack gap="sm" className={classes['writing']}>
          <TemplateBar
            trigger={trigger}
            template={template}
            draft={draft}
            isReady={text.trim() !== '' && problems.every(({ kind }) => kind === 'opt_out_keyword')}
            isSaving={save.isPending}
            onSave={saveNow}
            onTest={openTest}
          />
          {save.error !== null && <ErrorNotice error={save.error} title="The template could not be saved" />}
          <TemplateEditor
            trigger={trigger}
            text={text}
            problems={problems}
            area={area}
            onChange={draft.change}
            onFix={fixAt}
          />
          <ProblemList
            trigger={trigger}
            text={text}
            problems={problems}
            onShow={({ start, end }) => {
              area.current?.focus();
              area.current?.setSelectionRange(start, end);
            }}
            onFix={change}
          />
          <SegmentMeter range={preview.range} isRangeReal={preview.isRangeReal} />
          <UnicodeList text={text} values={preview.values} onReplace={change} />
          <CopyAdvice
            text={text}
            shopName={template.shopName}
            onAddName={() => change({ start: 0, end: 0, replacement: '{shop_name}: ' })}
          />
        </Stack>
        <div className={classes['preview']}>
          <PreviewPanel text={text} preview={preview} />
        </div>
      </Paper>
      <VersionList trigger={trigger} template={template} onBeforeRestore={saveNow} />
      <TestDialog
        isOpen={isTestOpen}
        trigger={trigger}
        initialSubscription={preview.source === 'subscription' ? preview.subscription : null}
        onClose={() => setIsTestOpen(false)}
      />
    </Stack>
  );
}

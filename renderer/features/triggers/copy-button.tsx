import { Button } from '@mantine/core';
import { IconCheck, IconClipboardCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { notifyDone } from '../../components/notify.tsx';
import { useAction } from '../../lib/use-action.ts';

type CopyButtonProps = Readonly<{
  trigger: TriggerName;
  text: string;
  /** Saves what is not saved yet, because what is copied must be a version. */
  onBeforeCopy?: () => Promise<void>;
}>;

/** Puts the exact template on the clipboard, and notes that it was copied: confirmed is it only once it is pasted. */
export function CopyButton({ trigger, text, onBeforeCopy }: CopyButtonProps): React.JSX.Element {
  const markCopied = useAction('templates.markCopied');
  const [isBusy, setIsBusy] = useState(false);

  async function copy(): Promise<void> {
    setIsBusy(true);
    try {
      await onBeforeCopy?.();
      await navigator.clipboard.writeText(text);
      await markCopied.mutateAsync({ trigger });
      notifyDone('Copied for Postscript. Confirm once it is pasted into the automation.');
    } catch {
      notifyDone('It could not be copied. Select the text in the editor and copy it by hand.');
    } finally {
      setIsBusy(false);
    }
  }

  const CopyIcon = markCopied.isSuccess ? IconCheck : IconClipboardCopy;
  return (
    <Button size="xs" loading={isBusy} leftSection={<CopyIcon size={14} aria-hidden />} onClick={() => void copy()}>
      Copy for Postscript
    </Button>
  );
}

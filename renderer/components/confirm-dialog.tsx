import { Button, Group, Stack } from '@mantine/core';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';

type ConfirmDialogProps = Readonly<{
  isOpen: boolean;
  title: string;
  confirmLabel: string;
  isDangerous?: boolean;
  /** There is nothing to confirm yet. */
  isDisabled?: boolean;
  isPending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  children: React.ReactNode;
}>;

/** Asks once, says what will happen, and stays open with the reason when it did not work. */
export function ConfirmDialog({
  isOpen,
  title,
  confirmLabel,
  isDangerous = false,
  isDisabled = false,
  isPending,
  error,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps): React.JSX.Element {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      <Stack>
        {children}
        {error !== null && <ErrorNotice error={error} title="That did not work" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            {...(isDangerous ? { color: 'red' } : {})}
            loading={isPending}
            disabled={isDisabled}
            onClick={onConfirm}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

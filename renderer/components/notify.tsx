import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Long enough to read it, change one's mind and reach the button, by keyboard too. */
const UNDO_MS = 12_000;

type Undo = Readonly<{
  /** What was done: "The reply is closed". Never the only trace of it: the screen shows it as well. */
  message: string;
  onUndo: () => void;
}>;

/** Says what was done and offers to take it back, instead of asking "are you sure" beforehand. */
export function notifyUndo({ message, onUndo }: Undo): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            onUndo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}

/** Says what was done where the screen itself shows little of it. */
export function notifyDone(message: string): void {
  notifications.show({ message, withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } });
}

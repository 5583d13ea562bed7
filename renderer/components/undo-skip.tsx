import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { ErrorNotice } from './error-notice.tsx';

type UndoSkipProps = Readonly<{
  /** Until when the platform allows it: "Mar 15, 9:00 AM EST". */
  until: string;
  isPending: boolean;
  error: Error | null;
  onUndo: () => void;
}>;

/** Takes a skip back while that is still possible, and says how long it is. */
export function UndoSkip({ until, isPending, error, onUndo }: UndoSkipProps): React.JSX.Element {
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          loading={isPending}
          onClick={onUndo}
        >
          Take the skip back
        </Button>
        <Text size="xs" c="dimmed">
          until {until}
        </Text>
      </Group>
      {error !== null && <ErrorNotice error={error} title="The skip was not taken back" />}
    </Stack>
  );
}

import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { toFailure } from '../lib/call.ts';
import { CopyDetails } from './copy-details.tsx';

type ErrorNoticeProps = Readonly<{
  error: Error;
  /** What could not be done: "The deliveries could not be read". */
  title: string;
  onRetry?: () => void;
}>;

/** Every failure says what happened, what to do next, and lets the person try again or tell somebody. */
export function ErrorNotice({ error, title, onRetry }: ErrorNoticeProps): React.JSX.Element {
  const failure = toFailure(error);
  const { code, message, nextStep } = failure;
  return (
    <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={title} role="alert">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {message} {nextStep}
      </Text>
      <Group gap="sm" mt="xs">
        {onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        {/* Keyed, so that another failure is not called copied, and has its own time. */}
        <CopyDetails key={`${code} ${message}`} failure={failure} title={title} />
        <Text size="xs" c="dimmed">
          Code: {code}
        </Text>
      </Group>
    </Alert>
  );
}

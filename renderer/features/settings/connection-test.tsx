import { Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { ErrorNotice } from '../../components/error-notice.tsx';

type ConnectionTestProps = Readonly<{ answer: string | undefined; error: Error | null }>;

/** What a service answered when it was asked just now. */
export function ConnectionTest({ answer, error }: ConnectionTestProps): React.JSX.Element {
  return (
    <div aria-live="polite">
      {answer !== undefined && (
        <Group gap={6} wrap="nowrap" align="flex-start">
          <IconCircleCheck size={18} color="var(--accent)" style={{ flex: 'none', marginTop: 2 }} aria-hidden />
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {answer}
          </Text>
        </Group>
      )}
      {error !== null && <ErrorNotice error={error} title="The test failed" />}
    </div>
  );
}

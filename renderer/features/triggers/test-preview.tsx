import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Bubble, estimateNote } from '../../components/bubble.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RawText } from '../../components/raw-text.tsx';
import { testPreviewQuery, type TestInput } from './queries.ts';

/** What would leave, to the letter, before it leaves. */
export function TestPreview({ input, isReady }: Readonly<{ input: TestInput; isReady: boolean }>): React.JSX.Element {
  const preview = useQuery({ ...testPreviewQuery(input), enabled: isReady });
  return (
    <Stack gap="xs">
      <Title order={3}>The text</Title>
      <Loaded query={preview} what="The preview" skeleton={<PreviewSkeleton isReady={isReady} />}>
        {({ method, path, body, renderedCopy }) => (
          <Stack gap="xs">
            <Bubble side="to_customer" note={estimateNote}>
              {renderedCopy}
            </Bubble>
            <Title order={3} mt="xs">
              The request
            </Title>
            <RawText>{`${method} ${path}\n\n${JSON.stringify(body, null, 2)}`}</RawText>
            <Text size="xs" c="dimmed">
              Your key is added on the way out and is not shown.
            </Text>
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

function PreviewSkeleton({ isReady }: Readonly<{ isReady: boolean }>): React.JSX.Element {
  if (!isReady) {
    return (
      <Text size="sm" c="dimmed">
        Type a phone number to see the request.
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Skeleton height={60} radius="lg" width="85%" />
      <Skeleton height={200} radius="md" mt="md" />
    </Stack>
  );
}

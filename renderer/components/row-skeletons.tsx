import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

/** Stands in for a list, at about its height, so that nothing jumps when it arrives. */
export function RowSkeletons({ rows, height = 44 }: Readonly<{ rows: number; height?: number }>): React.JSX.Element {
  return (
    <Stack gap="xs" aria-live="polite">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </Stack>
  );
}

import { Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

type EmptyProps = Readonly<{
  icon: Icon;
  title: string;
  /** Why it is empty, in one sentence. */
  children: React.ReactNode;
  /** The one next step. */
  action?: React.ReactNode;
}>;

export function Empty({ icon: EmptyIcon, title, children, action }: EmptyProps): React.JSX.Element {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <EmptyIcon size={36} stroke={1.5} color="var(--ink-soft)" aria-hidden />
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" size="sm" maw="30rem">
        {children}
      </Text>
      {action !== undefined && <div style={{ marginTop: 8 }}>{action}</div>}
    </Stack>
  );
}

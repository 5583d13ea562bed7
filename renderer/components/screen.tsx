import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { wasNavigated } from '../lib/hash-location.ts';

type ScreenProps = Readonly<{
  title: string;
  /** What the window's title says, when the heading itself may be very long. */
  windowTitle?: string;
  description?: React.ReactNode;
  actions?: React.ReactNode;
  children: React.ReactNode;
}>;

let isFirstScreen = true;

/** The frame of every screen: its one h1, the window's title, and where the focus goes after navigating. */
export function Screen({ title, windowTitle = title, description, actions, children }: ScreenProps): React.JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${windowTitle.slice(0, 80)} · Heads Up`;
  }, [windowTitle]);

  useEffect(() => {
    // A screen reader hears where it is now; the very first screen is announced by the window's title.
    if (wasNavigated() || !isFirstScreen) heading.current?.focus({ preventScroll: true });
    isFirstScreen = false;
  }, []);

  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="md">
        <div style={{ minWidth: 0, flex: '1 1 18rem' }}>
          <Title order={1} ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }} lineClamp={2}>
            {title.slice(0, 300)}
          </Title>
          {description !== undefined && (
            <Text c="dimmed" size="sm" mt={4} maw="44rem">
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

import { Alert, Button, Group, Text } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { Component } from 'react';
import { CopyDetails } from '../components/copy-details.tsx';

type ScreenBoundaryProps = Readonly<{ children: React.ReactNode }>;

const TITLE = 'This screen broke';
const NEXT_STEP = 'The engine goes on by itself. The other screens still work.';

/** A bug in one screen leaves the navigation, the banners and every other screen alive. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): React.ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Alert color="red" icon={<IconBug aria-hidden />} title={TITLE} role="alert">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {error.message} {NEXT_STEP}
        </Text>
        <Group gap="sm" mt="sm">
          <Button size="xs" variant="default" onClick={() => this.setState({ error: null })}>
            Open the screen again
          </Button>
          <CopyDetails failure={{ code: 'internal', message: error.message, nextStep: NEXT_STEP }} title={TITLE} />
        </Group>
      </Alert>
    );
  }
}

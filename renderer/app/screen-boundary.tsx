import { Alert, Button, Text } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { Component } from 'react';

type ScreenBoundaryProps = Readonly<{ children: React.ReactNode }>;

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
      <Alert color="red" icon={<IconBug aria-hidden />} title="This screen broke" role="alert">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {error.message} The engine goes on by itself. The other screens still work.
        </Text>
        <Button size="xs" variant="default" mt="sm" onClick={() => this.setState({ error: null })}>
          Open the screen again
        </Button>
      </Alert>
    );
  }
}

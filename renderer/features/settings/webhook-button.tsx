import { Button, Text } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../lib/use-action.ts';

/** Tells Postscript where replies go. */
export function WebhookButton(): React.JSX.Element {
  const register = useAction('connections.registerWebhook');
  return (
    <div>
      <div>
        <Button size="xs" variant="default" loading={register.isPending} onClick={() => register.mutate({})}>
          Register the webhook with Postscript
        </Button>
      </div>
      <div aria-live="polite">
        {register.data !== undefined && (
          <Text size="sm" mt="xs" style={{ overflowWrap: 'anywhere' }}>
            {register.data.message} Replies go to {register.data.callbackUrl}.
          </Text>
        )}
      </div>
      {register.error !== null && (
        <ErrorNotice
          error={register.error}
          title="The webhook was not registered"
          onRetry={() => register.mutate({})}
        />
      )}
    </div>
  );
}

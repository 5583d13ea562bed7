import { Alert, Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { triggerNames, triggers, type TriggerName } from '../../../shared/domain/triggers.ts';
import type { SubscriptionView } from '../../../shared/ipc/schemas.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import type { TestInput } from './queries.ts';
import classes from './test-dialog.module.css';
import { SubscriptionPicker } from './subscription-picker.tsx';
import { TestPreview } from './test-preview.tsx';

type TestDialogProps = Readonly<{
  isOpen: boolean;
  trigger: TriggerName;
  onChoose: (trigger: TriggerName) => void;
  onClose: () => void;
}>;

export function TestDialog({ isOpen, trigger, onChoose, onClose }: TestDialogProps): React.JSX.Element {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Test a trigger" size="56rem">
      <TestForm trigger={trigger} onChoose={onChoose} onClose={onClose} />
    </Dialog>
  );
}

const triggerChoices = triggerNames.map((name) => ({ value: name, label: triggers[name].title }));

function TestForm({ trigger, onChoose, onClose }: Omit<TestDialogProps, 'isOpen'>): React.JSX.Element {
  const { isPractice } = useStatus();
  const [subscription, setSubscription] = useState<SubscriptionView | null>(null);
  const [suggestedPhone, setSuggestedPhone] = useState<string | null>(null);
  const [recipient, setRecipient] = useState<'nobody' | 'phone'>('nobody');
  const [phone, setPhone] = useState('');
  const [previewPhone] = useDebouncedValue(phone.trim(), 300);
  const send = useAction('triggers.sendTest');

  const inputFor = (typed: string): TestInput => ({
    trigger,
    subscriptionId: subscription?.id ?? null,
    phone: recipient === 'nobody' ? null : typed,
  });
  const isComplete = recipient === 'nobody' || phone.trim() !== '';

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) send.mutate(inputFor(phone.trim()));
      }}
    >
      <div className={classes['columns']}>
        <Stack>
          <NativeSelect
            label="Trigger"
            data={triggerChoices}
            value={trigger}
            onChange={({ currentTarget }) => {
              send.reset();
              const chosen = triggerNames.find((name) => name === currentTarget.value);
              if (chosen !== undefined) onChoose(chosen);
            }}
          />
          <SubscriptionPicker
            chosen={subscription}
            onChoose={(chosen, customerPhone) => {
              send.reset();
              setSubscription(chosen);
              setSuggestedPhone(customerPhone);
            }}
          />
          <Radio.Group
            label="Recipient"
            value={recipient}
            onChange={(value) => {
              send.reset();
              setRecipient(value === 'phone' ? 'phone' : 'nobody');
            }}
          >
            <Stack gap="xs" mt={4}>
              <Radio
                value="nobody"
                label="Nobody"
                description="Nobody is texted. Postscript only learns the trigger and its tags."
              />
              <Radio value="phone" label="One phone number" description="Postscript texts it if it is subscribed." />
            </Stack>
          </Radio.Group>
          {recipient === 'phone' && (
            <TextInput
              label="Phone number"
              type="tel"
              autoComplete="off"
              required
              placeholder="(212) 555-0100"
              value={phone}
              onChange={({ currentTarget }) => {
                send.reset();
                setPhone(currentTarget.value);
              }}
            />
          )}
          {/* Only in practice: with real customers, the number is typed by the person who answers for it. */}
          {recipient === 'phone' && isPractice && suggestedPhone !== null && (
            <Button size="xs" variant="default" onClick={() => setPhone(suggestedPhone)}>
              Use this practice customer's phone
            </Button>
          )}
        </Stack>
        <TestPreview input={inputFor(previewPhone)} isReady={recipient === 'nobody' || previewPhone !== ''} />
      </div>
      <Stack gap="sm" className={classes['bottom']}>
        {send.error !== null && <ErrorNotice error={send.error} title="The test was not sent" />}
        {send.data !== undefined && (
          <Alert icon={<IconInfoCircle aria-hidden />} title="The test has left" aria-live="polite">
            <Text size="sm">
              What Postscript answered is on its page:{' '}
              <TextLink to={`/deliveries?id=${send.data.deliveryId}`}>delivery {send.data.deliveryId}</TextLink>.
            </Text>
          </Alert>
        )}
        <Group justify="space-between">
          <Text size="sm" c="dimmed" style={{ flex: '1 1 16rem' }}>
            A test is marked as a test, is never counted, and never keeps a real trigger from going out.
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={send.isPending} disabled={!isComplete}>
              Send the test
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

import { Alert, Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { triggerNames, triggers, type TriggerName } from '../../../shared/domain/triggers.ts';
import type { SubscriptionView } from '../../../shared/ipc/schemas.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import type { TestInput } from './queries.ts';
import { RealTextCheck } from './real-text-check.tsx';
import { SubscriptionPicker } from './subscription-picker.tsx';
import classes from './test-form.module.css';
import { TestPreview } from './test-preview.tsx';

type TestFormProps = Readonly<{
  trigger: TriggerName;
  /** Missing where the trigger is given by the page. */
  onChoose?: (trigger: TriggerName) => void;
  initialSubscription?: SubscriptionView | null;
  onClose?: () => void;
}>;

const triggerChoices = triggerNames.map((name) => ({ value: name, label: triggers[name].title }));

/** One test by hand: whose data, to which phone, and everything that would leave before it leaves. */
export function TestForm({ trigger, onChoose, initialSubscription = null, onClose }: TestFormProps): React.JSX.Element {
  const { isPractice } = useStatus();
  const [subscription, setSubscription] = useState<SubscriptionView | null>(initialSubscription);
  const [suggestedPhone, setSuggestedPhone] = useState<string | null>(null);
  const [recipient, setRecipient] = useState<'nobody' | 'phone'>('nobody');
  const [phone, setPhone] = useState('');
  const [typedEnding, setTypedEnding] = useState('');
  const [previewPhone] = useDebouncedValue(phone.trim(), 300);
  const send = useAction('triggers.sendTest');

  const inputFor = (typed: string): TestInput => ({
    trigger,
    subscriptionId: subscription?.id ?? null,
    phone: recipient === 'nobody' ? null : typed,
  });
  // Somebody real is texted: that takes more than one click.
  const needsEnding = recipient === 'phone' && !isPractice;
  const ending = phone.replace(/\D/g, '').slice(-4);
  const isComplete =
    recipient === 'nobody' || (phone.trim() !== '' && (!needsEnding || (ending !== '' && typedEnding === ending)));

  function startOver(): void {
    send.reset();
    setTypedEnding('');
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isComplete) return;
        // The next one is confirmed anew.
        send.mutate(inputFor(phone.trim()), { onSuccess: () => setTypedEnding('') });
      }}
    >
      <div className={classes['columns']}>
        <Stack>
          {onChoose !== undefined && (
            <NativeSelect
              label="Trigger"
              data={triggerChoices}
              value={trigger}
              onChange={({ currentTarget }) => {
                startOver();
                const chosen = triggerNames.find((name) => name === currentTarget.value);
                if (chosen !== undefined) onChoose(chosen);
              }}
            />
          )}
          <SubscriptionPicker
            chosen={subscription}
            onChoose={(chosen, customerPhone) => {
              startOver();
              setSubscription(chosen);
              setSuggestedPhone(customerPhone);
            }}
          />
          <Radio.Group
            label="Recipient"
            value={recipient}
            onChange={(value) => {
              startOver();
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
                startOver();
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
          {needsEnding && previewPhone !== '' && (
            <RealTextCheck input={inputFor(previewPhone)} typedEnding={typedEnding} onType={setTypedEnding} />
          )}
        </Stack>
        <TestPreview input={inputFor(previewPhone)} isReady={recipient === 'nobody' || previewPhone !== ''} />
      </div>
      <Stack gap="sm" className={onClose === undefined ? undefined : classes['bottom']} mt="md">
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
            {onClose !== undefined && (
              <Button variant="default" onClick={onClose}>
                Close
              </Button>
            )}
            <Button type="submit" loading={send.isPending} disabled={!isComplete}>
              Send the test
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

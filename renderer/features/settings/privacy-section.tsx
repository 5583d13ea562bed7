import { Button, NumberInput, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../../shared/domain/counts.ts';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Facts } from '../../components/facts.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { useShopTime, useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import { privacyQuery } from './queries.ts';
import { SettingsForm } from './settings-form.tsx';
import classes from './settings-form.module.css';
import { SettingsLoaded } from './settings-loaded.tsx';
import { useSettingsForm } from './use-settings-form.ts';

export function PrivacySection(): React.JSX.Element {
  return (
    <Stack gap="md">
      <SettingsLoaded>{(settings) => <PrivacyForm settings={settings} />}</SettingsLoaded>
      <OldContents />
      <WhatIsWhere />
    </Stack>
  );
}

function PrivacyForm({ settings }: Readonly<{ settings: ShopSettings }>): React.JSX.Element {
  const form = useSettingsForm('privacy', settings, ['retentionDays']);
  return (
    <SettingsForm form={form}>
      <Section title="Keeping" description="Once a day, what is older is erased.">
        <div className={classes['fields']}>
          <NumberInput
            label="Keep texts and requests for … days"
            description="The rows stay; only what was written in them is erased."
            min={7}
            max={3650}
            clampBehavior="none"
            allowDecimal={false}
            {...form.fields.getInputProps('retentionDays')}
          />
        </div>
      </Section>
    </SettingsForm>
  );
}

function OldContents(): React.JSX.Element {
  const { isPractice } = useStatus();
  const shopTime = useShopTime();
  const privacy = useQuery(privacyQuery(isPractice));
  const erase = useAction('privacy.eraseOldContents');
  return (
    <Section title="Old texts and requests">
      <Loaded query={privacy} what="What is kept" skeleton={<RowSkeletons rows={1} height={60} />}>
        {({ erasable, erasedAt, retentionDays }) => (
          <Stack gap="sm" align="flex-start">
            <Text size="sm" aria-live="polite">
              {erasable === 0
                ? `Nothing that is settled is older than ${retentionDays} days.`
                : `${formatCount(erasable, 'reply or request', 'replies and requests')} are settled and older than ${retentionDays} days.`}{' '}
              {erasedAt !== null && `Last erased on ${shopTime(erasedAt)}.`} What is open or waits for a person is kept,
              however old.
            </Text>
            {erase.error !== null && <ErrorNotice error={erase.error} title="Nothing was erased" />}
            <Button
              variant="default"
              disabled={erasable === 0}
              loading={erase.isPending}
              onClick={() =>
                erase.mutate(
                  {},
                  {
                    onSuccess: ({ erased }) =>
                      notifyDone(
                        `The contents of ${formatCount(erased, 'reply or request', 'replies and requests')} are erased.`,
                      ),
                  },
                )
              }
            >
              Erase {erasable === 0 ? 'old contents' : formatCount(erasable, 'old content')} now
            </Button>
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

const places = [
  {
    label: 'This computer',
    value:
      'Names, phone numbers, e-mail addresses, subscriptions, replies and what was handed to Postscript: in one file, and in its backups.',
  },
  {
    label: 'Lists and log',
    value: 'Phone numbers are masked in lists. The log holds no names, numbers, addresses, texts or keys.',
  },
  { label: 'Keys', value: 'Encrypted on this computer, never shown again, in no backup and no export.' },
  { label: 'The inbox', value: 'Keeps replies for 30 days, unless it was set up otherwise.' },
  {
    label: 'One customer',
    value:
      'Export and erase are on the customer’s page. Smartrr and Postscript have their own copies and their own ways.',
  },
] as const;

function WhatIsWhere(): React.JSX.Element {
  return (
    <Section title="What is kept where">
      <Facts facts={places} />
    </Section>
  );
}

import { Alert, Stack, Text, TextInput } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../../shared/domain/counts.ts';
import { countSegments } from '../../../shared/domain/segments.ts';
import { formatPhone } from '../../lib/format.ts';
import { useShopTime, useStatus } from '../../lib/status.ts';
import { isQuietHour } from './quiet-hours.ts';
import { testPreviewQuery, type TestInput } from './queries.ts';

type RealTextCheckProps = Readonly<{
  input: TestInput;
  typedEnding: string;
  onType: (ending: string) => void;
}>;

/** Before somebody real is texted: what it costs, what time it is there, and four digits typed on purpose. */
export function RealTextCheck({ input, typedEnding, onType }: RealTextCheckProps): React.JSX.Element {
  const preview = useQuery(testPreviewQuery(input));
  const { now, timeZone } = useStatus();
  const shopTime = useShopTime();
  const segments = preview.data === undefined ? null : countSegments(preview.data.renderedCopy).segments;
  return (
    <Alert color="orange" icon={<IconMessage aria-hidden />} title="This texts somebody real">
      <Stack gap="xs">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {formatPhone(input.phone ?? '')} gets{' '}
          {segments === null ? 'this text' : `a text of ${formatCount(segments, 'segment')}`} if it is subscribed with
          Postscript. It is {shopTime(now, 'clock')} in the shop's zone.
        </Text>
        <Text size="sm">
          A test does not wait for your send window.{' '}
          {isQuietHour(now, timeZone)
            ? 'It is outside of 11 AM to 9 PM there: Postscript may hold the text until its waking hours begin where the customer is.'
            : 'Postscript may still hold the text until its waking hours begin where the customer is.'}
        </Text>
        <TextInput
          label="Type the last 4 digits of the number to go on"
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          w="14rem"
          value={typedEnding}
          onChange={({ currentTarget }) => onType(currentTarget.value)}
        />
      </Stack>
    </Alert>
  );
}

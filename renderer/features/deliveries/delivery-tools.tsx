import { Button, Group } from '@mantine/core';
import { IconBraces, IconCopy, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useCommands } from '../../lib/commands.ts';
import { copyText } from '../../lib/copy-text.ts';
import type { DeliveryDetail } from './queries.ts';

type DeliveryToolsProps = Readonly<{
  detail: DeliveryDetail;
  isPhoneShown: boolean;
  onTogglePhone: () => void;
}>;

/** What is copied is what is shown: the phone is masked unless it is shown. */
export function DeliveryTools({ detail, isPhoneShown, onTogglePhone }: DeliveryToolsProps): React.JSX.Element {
  const { id, phone } = detail.delivery;
  const copyId = (): void => void copyText(String(id), `The id of delivery ${id}`);
  const copyJson = (): void => void copyText(JSON.stringify(detail, null, 2), `Delivery ${id}`);
  useCommands([{ id: 'delivery.copy', label: 'Copy the id', group: 'This delivery', keys: 'c', run: copyId }], {
    isDialog: true,
  });
  return (
    <Group gap="xs">
      <Button size="compact-sm" variant="default" leftSection={<IconCopy size={14} aria-hidden />} onClick={copyId}>
        Copy the id
      </Button>
      <Button size="compact-sm" variant="default" leftSection={<IconBraces size={14} aria-hidden />} onClick={copyJson}>
        Copy as JSON
      </Button>
      {phone !== null && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={isPhoneShown ? <IconEyeOff size={14} aria-hidden /> : <IconEye size={14} aria-hidden />}
          onClick={onTogglePhone}
        >
          {isPhoneShown ? 'Hide the number' : 'Show the number'}
        </Button>
      )}
    </Group>
  );
}

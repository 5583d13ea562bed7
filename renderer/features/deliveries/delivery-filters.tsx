import { Button, Group, NativeSelect } from '@mantine/core';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { deliveryStates } from '../../../shared/domain/deliveries.ts';
import { triggerNames, triggers } from '../../../shared/domain/triggers.ts';
import { deliveryStateLooks } from '../../components/delivery-state-badge.tsx';

type DeliveryFiltersProps = Readonly<{
  filter: DeliveryFilter;
  onChange: (name: 'state' | 'trigger', value: string | null) => void;
  onClear: () => void;
}>;

const stateChoices = [
  { value: '', label: 'Every state' },
  ...deliveryStates.map((state) => ({ value: state, label: deliveryStateLooks[state].label })),
];
const triggerChoices = [
  { value: '', label: 'Every trigger' },
  ...triggerNames.map((trigger) => ({ value: trigger, label: triggers[trigger].title })),
];

export function DeliveryFilters({ filter, onChange, onClear }: DeliveryFiltersProps): React.JSX.Element {
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        label="State"
        data={stateChoices}
        value={filter.state ?? ''}
        onChange={({ currentTarget }) => onChange('state', currentTarget.value === '' ? null : currentTarget.value)}
      />
      <NativeSelect
        label="Trigger"
        data={triggerChoices}
        value={filter.trigger ?? ''}
        onChange={({ currentTarget }) => onChange('trigger', currentTarget.value === '' ? null : currentTarget.value)}
      />
      {(filter.state !== null || filter.trigger !== null) && (
        <Button variant="subtle" onClick={onClear}>
          Clear the filters
        </Button>
      )}
    </Group>
  );
}

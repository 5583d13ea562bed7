import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { answerClasses, type DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { deliveryStates } from '../../../shared/domain/deliveries.ts';
import { triggerNames, triggers } from '../../../shared/domain/triggers.ts';
import { deliveryStateLooks } from '../../components/delivery-state-badge.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useCommands } from '../../lib/commands.ts';
import { answerWords } from './filter-words.ts';

type FilterBarProps = Readonly<{
  filter: DeliveryFilter;
  /** `isTyping`: one address per search, not one per letter. */
  onChange: (change: Partial<DeliveryFilter>, isTyping?: boolean) => void;
}>;

const stateChoices = [
  { value: '', label: 'Every state' },
  ...deliveryStates.map((state) => ({ value: state, label: deliveryStateLooks[state].label })),
];
const triggerChoices = [
  { value: '', label: 'Every trigger' },
  ...triggerNames.map((trigger) => ({ value: trigger, label: triggers[trigger].title })),
];
const answerChoices = [
  { value: '', label: 'Every answer' },
  ...answerClasses.map((answer) => ({ value: answer, label: answerWords[answer] })),
];
const kindChoices = [
  { value: '', label: 'Tests and real ones' },
  { value: 'real', label: 'Real ones only' },
  { value: 'test', label: 'Tests only' },
];

/** Search and the two filters that are used every day; the others on demand. */
export function FilterBar({ filter, onChange }: FilterBarProps): React.JSX.Element {
  const hasRare = [filter.answer, filter.isTest, filter.from, filter.to, filter.orderDate].some((one) => one !== null);
  const [isOpen, setIsOpen] = useState(hasRare);
  const moreId = useId();
  const stateBox = useRef<HTMLSelectElement>(null);
  useCommands([
    { id: 'deliveries.filter', label: 'Filter the deliveries', group: 'Deliveries', keys: 'f', run: focusFilters },
  ]);

  function focusFilters(): void {
    setIsOpen(true);
    stateBox.current?.focus();
  }

  return (
    <>
      <Group gap="sm" align="flex-end">
        <SearchField
          label="Search"
          placeholder="Phone, customer, order date, subscription or #id"
          flex="1 1 16rem"
          searched={filter.search}
          command="Search the deliveries"
          group="Deliveries"
          onSearch={(search) => onChange({ search }, true)}
        />
        <NativeSelect
          ref={stateBox}
          label="State"
          data={stateChoices}
          value={filter.state ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ state: deliveryStates.find((state) => state === value) ?? null })
          }
        />
        <NativeSelect
          label="Trigger"
          data={triggerChoices}
          value={filter.trigger ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ trigger: triggerNames.find((trigger) => trigger === value) ?? null })
          }
        />
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={moreId}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? 'Fewer filters' : 'More filters'}
        </Button>
      </Group>
      <Group gap="sm" align="flex-end" id={moreId} hidden={!isOpen} display={isOpen ? undefined : 'none'}>
        <DateBox label="Decided from" value={filter.from} onChange={(from) => onChange({ from })} />
        <DateBox label="Decided up to" value={filter.to} onChange={(to) => onChange({ to })} />
        <DateBox label="Order date" value={filter.orderDate} onChange={(orderDate) => onChange({ orderDate })} />
        <NativeSelect
          label="Answer"
          data={answerChoices}
          value={filter.answer ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ answer: answerClasses.find((answer) => answer === value) ?? null })
          }
        />
        <NativeSelect
          label="Kind"
          data={kindChoices}
          value={filter.isTest === null ? '' : filter.isTest ? 'test' : 'real'}
          onChange={({ currentTarget: { value } }) => onChange({ isTest: value === '' ? null : value === 'test' })}
        />
      </Group>
    </>
  );
}

type DateBoxProps = Readonly<{ label: string; value: string | null; onChange: (date: string | null) => void }>;

function DateBox({ label, value, onChange }: DateBoxProps): React.JSX.Element {
  return (
    <TextInput
      type="date"
      label={label}
      value={value?.slice(0, 10) ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
    />
  );
}

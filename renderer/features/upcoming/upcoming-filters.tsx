import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { forecastOutcomes, type ForecastOutcome } from '../../../shared/domain/forecast.ts';
import { formatDate } from '../../lib/format.ts';
import { useSearchKey } from '../../lib/use-search-key.ts';
import type { UpcomingFilter } from './queries.ts';

export type FilterName = 'show' | 'q' | 'day';

type UpcomingFiltersProps = Readonly<{
  filter: UpcomingFilter;
  onChange: (name: FilterName, value: string | null) => void;
}>;

const EVERYTHING = 'all';
const choices: readonly Readonly<{ value: ForecastOutcome | typeof EVERYTHING; label: string }>[] = [
  { value: EVERYTHING, label: 'All to come' },
  { value: 'goes', label: 'Will go' },
  { value: 'will_not', label: 'Will not' },
  { value: 'noticed', label: 'Have their notice' },
];

export function UpcomingFilters({ filter, onChange }: UpcomingFiltersProps): React.JSX.Element {
  const { outcome, noticeDate } = filter;
  const searchBox = useSearchKey('Search the coming orders', 'Upcoming');
  const [typed, setTyped] = useState(filter.text);
  const [searched, setSearched] = useState(filter.text);
  if (filter.text !== searched) {
    setSearched(filter.text);
    // Cleared from elsewhere. Anything else comes from this field, which may be some letters ahead.
    if (filter.text === '') setTyped('');
  }
  // One address per search, not one per letter.
  const search = useDebouncedCallback((text: string) => onChange('q', text === '' ? null : text), 250);
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        ref={searchBox}
        type="search"
        label="Find a customer"
        placeholder="Name, e-mail or phone"
        maxLength={200}
        w="18rem"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          search(currentTarget.value.trim());
        }}
      />
      <SegmentedControl
        aria-label="Which notices"
        data={[...choices]}
        value={outcome ?? EVERYTHING}
        onChange={(value) => onChange('show', forecastOutcomes.find((one) => one === value) ?? null)}
      />
      {noticeDate !== null && (
        <Button variant="light" rightSection={<IconX size={16} aria-hidden />} onClick={() => onChange('day', null)}>
          Only {formatDate(noticeDate)}: show every day
        </Button>
      )}
    </Group>
  );
}

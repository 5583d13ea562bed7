import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { forecastOutcomes, type ForecastOutcome } from '../../../shared/domain/forecast.ts';
import { SearchField } from '../../components/search-field.tsx';
import { formatDate } from '../../lib/format.ts';
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
  return (
    <Group gap="sm" align="flex-end">
      <SearchField
        label="Find a customer"
        placeholder="Name, e-mail or phone"
        w="18rem"
        searched={filter.text}
        command="Search the coming orders"
        group="Upcoming"
        onSearch={(text) => onChange('q', text === '' ? null : text)}
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

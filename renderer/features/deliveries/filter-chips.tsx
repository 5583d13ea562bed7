import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { Clip } from '../../components/clip.tsx';
import classes from './filter-chips.module.css';
import { describeFilter } from './filter-words.ts';

type FilterChipsProps = Readonly<{
  filter: DeliveryFilter;
  onChange: (change: Partial<DeliveryFilter>) => void;
  onClear: () => void;
}>;

/** What the list is narrowed to; each chip takes itself away, by Enter, Space, Delete or a click. */
export function FilterChips({ filter, onChange, onClear }: FilterChipsProps): React.JSX.Element | null {
  const parts = describeFilter(filter);
  if (parts.length === 0) return null;
  return (
    <ul className={classes['chips']} aria-label="Filters">
      {parts.map(({ label, without }) => (
        <li key={label} className={classes['item']}>
          <button
            type="button"
            className={classes['chip']}
            aria-label={`Remove the filter ${label}`}
            onClick={() => onChange(without)}
            onKeyDown={({ key }) => {
              if (key === 'Delete' || key === 'Backspace') onChange(without);
            }}
          >
            <Clip text={label} />
            <IconX size={14} aria-hidden className={classes['cross']} />
          </button>
        </li>
      ))}
      <li>
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          Clear all
        </Button>
      </li>
    </ul>
  );
}

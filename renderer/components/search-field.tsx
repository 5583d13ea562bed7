import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchKey } from '../lib/use-search-key.ts';

type SearchFieldProps = Pick<TextInputProps, 'label' | 'placeholder' | 'flex' | 'w'> &
  Readonly<{
    /** What the address says is looked for. */
    searched: string;
    /** As the sheet of keys calls it: "Search the customers". */
    command: string;
    /** The screen that it stands on. */
    group: string;
    onSearch: (text: string) => void;
  }>;

/** One address per search, not one per letter. */
const PAUSE_MS = 250;

/** A list's search: `/` goes to it, and what is looked for lives in the address. */
export function SearchField({ searched, command, group, onSearch, ...look }: SearchFieldProps): React.JSX.Element {
  const field = useSearchKey(command, group);
  const [typed, setTyped] = useState(searched);
  const [shown, setShown] = useState(searched);
  const search = useDebouncedCallback(onSearch, PAUSE_MS);
  // The address changed by other means: back, forward, a chip. What is being typed is newer than what it says.
  if (searched !== shown) {
    setShown(searched);
    if (searched !== typed.trim()) setTyped(searched);
  }
  return (
    <TextInput
      {...look}
      ref={field}
      type="search"
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        search(value.trim());
      }}
    />
  );
}

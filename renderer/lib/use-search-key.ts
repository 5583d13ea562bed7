import { useRef } from 'react';
import { useCommands } from './commands.ts';

/** Gives a screen's search field its key, `/`; the answer is the field's ref. `what`: "Search the customers". */
export function useSearchKey(what: string, group: string): React.RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useCommands([
    { id: `${group.toLowerCase()}.search`, label: what, group, keys: '/', run: () => field.current?.focus() },
  ]);
  return field;
}

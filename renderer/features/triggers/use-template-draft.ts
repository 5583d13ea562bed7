import { useState } from 'react';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { useStatus } from '../../lib/status.ts';

type TemplateDraft = Readonly<{
  text: string;
  isChanged: boolean;
  /** The change was made before this page was opened. */
  isFromBefore: boolean;
  change: (text: string) => void;
  /** Forgets the change, unless somebody typed on after `savedText`. */
  settle: (savedText: string) => void;
  discard: () => void;
}>;

/**
 * What is typed and not saved. It is kept on this computer at each key, so that neither leaving the page nor closing the
 * window loses it.
 */
export function useTemplateDraft(trigger: TriggerName, saved: string): TemplateDraft {
  const { isPractice } = useStatus();
  const place = `heads-up-draft:${isPractice ? 'practice' : 'shop'}:${trigger}`;
  const [kept] = useState(() => read(place));
  const [draft, setDraft] = useState(kept);

  function set(next: string | null): void {
    write(place, next);
    setDraft(next);
  }

  const isChanged = draft !== null && draft !== saved;
  return {
    text: draft ?? saved,
    isChanged,
    isFromBefore: isChanged && draft === kept,
    change: (text) => set(text === saved ? null : text),
    settle: (savedText) => {
      if (read(place) === savedText) set(null);
    },
    discard: () => set(null),
  };
}

/** Storage can be forbidden; then a change lives as long as the page. */
function read(place: string): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

function write(place: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(place);
    else localStorage.setItem(place, text);
  } catch {
    // As above.
  }
}

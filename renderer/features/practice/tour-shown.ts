import { useState } from 'react';

const STORED_AS = 'heads-up-tour';

function read(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== 'closed';
  } catch {
    // Storage can be forbidden; then the tour is offered again each time.
    return true;
  }
}

/** Whether the tour is shown: until it is closed once on this computer, and again when it is asked for. */
export function useTourShown(): readonly [boolean, (isShown: boolean) => void] {
  const [isShown, setIsShown] = useState(read);
  return [
    isShown,
    (next) => {
      setIsShown(next);
      try {
        if (next) localStorage.removeItem(STORED_AS);
        else localStorage.setItem(STORED_AS, 'closed');
      } catch {
        // As above.
      }
    },
  ];
}

import { pageKeyMark } from '../../shared/page-key.ts';

const STORED_AS = 'heads-up-page';

/** Where storage is switched off: good until the page is loaded anew. */
let kept = '';

/** Takes what the host has put behind the `#` of the address, where it was opened with a link. */
export function takePageKey(): void {
  const key = new RegExp(`^#${pageKeyMark}([\\w-]+)$`).exec(location.hash)?.[1];
  if (key === undefined) return;
  kept = key;
  try {
    localStorage.setItem(STORED_AS, key);
  } catch {
    // Kept above.
  }
  history.replaceState(null, '', location.pathname);
}

/** Read each time: another tab may have been opened with a newer link, which changes the cookie of this one too. */
export function readPageKey(): string {
  try {
    return localStorage.getItem(STORED_AS) ?? kept;
  } catch {
    return kept;
  }
}

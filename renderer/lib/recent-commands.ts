const STORED_AS = 'heads-up-recent-commands';
const MOST = 5;

/** Ids of the commands that were used last, newest first. Kept on this computer; customers are never among them. */
export function readRecent(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    // Forbidden storage, or something that is not ours: nothing was used lately.
    return [];
  }
}

export function rememberRecent(id: string): void {
  if (id.startsWith('customer ')) return;
  try {
    const newest = [id, ...readRecent().filter((other) => other !== id)].slice(0, MOST);
    localStorage.setItem(STORED_AS, JSON.stringify(newest));
  } catch {
    // Storage can be forbidden; the palette works without.
  }
}

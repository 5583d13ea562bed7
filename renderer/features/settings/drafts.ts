/**
 * What was typed into a page of the settings and not saved yet.
 *
 * Kept until the tab is closed, so that neither another screen nor a reload loses it. No secret ever lies here: keys
 * have forms of their own.
 */

const listeners = new Set<() => void>();

function keyOf(section: string, isPractice: boolean): string {
  return `settings-draft:${isPractice ? 'practice' : 'real'}:${section}`;
}

export function hasDraft(section: string, isPractice: boolean): boolean {
  return sessionStorage.getItem(keyOf(section, isPractice)) !== null;
}

/** The changed values; empty when there are none, or when they can no longer be read. */
export function readDraft(section: string, isPractice: boolean): Readonly<Record<string, unknown>> {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(keyOf(section, isPractice)) ?? '{}');
    return typeof draft === 'object' && draft !== null ? { ...draft } : {};
  } catch {
    return {};
  }
}

export function keepDraft(section: string, isPractice: boolean, changes: Readonly<Record<string, unknown>>): void {
  const key = keyOf(section, isPractice);
  if (Object.keys(changes).length === 0) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(changes));
  for (const listener of listeners) listener();
}

export function subscribeToDrafts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the combinations of this computer are made with Cmd. */
export const isMac = /mac/i.test(navigator.userAgent);

/** The keys as this computer's keyboard shows them: ["Ctrl", "K"], ["G", "then", "O"]. */
export function describeKeys(keys: string): readonly string[] {
  if (keys.startsWith('mod+')) return [isMac ? '⌘' : 'Ctrl', keys.slice(4).toUpperCase()];
  return keys
    .split(' ')
    .map((key) => (key.length === 1 ? key.toUpperCase() : key))
    .flatMap((key, index) => (index === 0 ? [key] : ['then', key]));
}

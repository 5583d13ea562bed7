import { useLocation } from 'wouter';
import { useCommands, type Command } from '../lib/commands.ts';
import { places } from './side-nav.tsx';

/** What can be done on every screen. */
export function GlobalCommands(): null {
  const [, navigate] = useLocation();
  const go = (path: string) => (): void => navigate(path);
  useCommands([
    ...places.map(({ path, label, icon }, index): Command => {
      return { id: `go ${path}`, label, group: 'Screens', icon, keys: String(index + 1), run: go(path) };
    }),
    ...places.flatMap(({ path, label, letter }): Command[] =>
      letter === undefined
        ? []
        : [{ id: `go ${path} by letter`, label, group: 'Screens', keys: `g ${letter}`, run: go(path) }],
    ),
    { id: 'settings by combination', label: 'Settings', group: 'Screens', keys: 'mod+,', run: go('/settings') },
  ]);
  return null;
}

import type { Command } from '../lib/commands.ts';

export type CommandGroup = Readonly<{ name: string; commands: readonly Command[] }>;

/**
 * The commands that fit what was typed, under their headings.
 *
 * Nothing typed: what was used lately comes first, under a heading of its own. Something typed: every word of it must be
 * found, and labels that begin with it come first within their group.
 */
export function arrangeCommands(
  commands: readonly Command[],
  query: string,
  recent: readonly string[],
): readonly CommandGroup[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) {
    const used = recent.flatMap((id) => commands.filter((command) => command.id === id));
    const others = commands.filter(({ id }) => !recent.includes(id));
    return [...(used.length > 0 ? [{ name: 'Recent', commands: used }] : []), ...group(others)];
  }
  const typed = words.join(' ');
  const fits = ({ label, group: name, keywords = '' }: Command): boolean => {
    const text = `${label} ${name} ${keywords}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const rank = ({ label }: Command): number => (label.toLowerCase().startsWith(typed) ? 0 : 1);
  return group(commands.filter(fits).toSorted((one, other) => rank(one) - rank(other)));
}

function group(commands: readonly Command[]): CommandGroup[] {
  const groups = Map.groupBy(commands, ({ group: name }) => name);
  return [...groups].map(([name, inGroup]) => ({ name, commands: inGroup }));
}

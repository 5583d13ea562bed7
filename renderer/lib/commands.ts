import type { Icon } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';

/** Something that a person can do here and now, from the palette or by its key. */
export type Command = Readonly<{
  /** Unique while it is registered: "deliveries.export". */
  id: string;
  /** "Export the deliveries". */
  label: string;
  /** Under which heading the palette and the sheet list it: "Deliveries". */
  group: string;
  /**
   * One key ("r", "?"), two in a row ("g o"), or a combination with Ctrl or Cmd ("mod+k"); or several of them.
   *
   * Single keys and pairs can be switched off and never fire while somebody types; combinations always work.
   */
  keys?: string | readonly string[];
  /** Other words under which the palette finds it. */
  keywords?: string;
  icon?: Icon;
  run: () => void;
}>;

export type CommandOptions = Readonly<{
  /** True for the commands of a dialog: only they have single keys while a dialog is open. */
  isDialog?: boolean;
}>;

type Registration = Readonly<{ commands: readonly Command[]; isDialog: boolean }>;

const registrations = new Map<symbol, Registration>();
const listeners = new Set<() => void>();
let listed: readonly Command[] = [];

function announce(): void {
  listed = [...registrations.values()].flatMap(({ commands }) => commands);
  for (const listener of listeners) listener();
}

/** Everything that can be done now, in the order of registration; the same array until that changes. */
export function listCommands(): readonly Command[] {
  return listed;
}

/** Those whose keys count now. While a dialog is open only its own do. */
export function listKeyCommands(isDialogOpen: boolean): readonly Command[] {
  return [...registrations.values()]
    .filter(({ isDialog }) => isDialog || !isDialogOpen)
    .flatMap(({ commands }) => commands);
}

/** Each of its keys, in their order. */
export function keysOf({ keys = [] }: Command): readonly string[] {
  return typeof keys === 'string' ? [keys] : keys;
}

/** Does what the command of that id does now; nothing when nobody offers it. */
export function runCommand(id: string): void {
  listed.findLast((command) => command.id === id)?.run();
}

export function subscribeToCommands(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Adds commands until the returned function is called. */
export function registerCommands(commands: readonly Command[], { isDialog = false }: CommandOptions = {}): () => void {
  const key = Symbol('commands');
  registrations.set(key, { commands, isDialog });
  announce();
  return () => {
    registrations.delete(key);
    announce();
  };
}

/**
 * Offers these commands while the component is mounted. The array may be a new one at each render; what a command runs
 * is always the newest.
 */
export function useCommands(commands: readonly Command[], { isDialog = false }: CommandOptions = {}): void {
  const newest = useRef(commands);
  useEffect(() => {
    newest.current = commands;
  });
  // What a person sees of them: only when that changes are they registered anew.
  const signature = JSON.stringify(
    commands.map(({ id, label, group, keys, keywords }) => [id, label, group, keys, keywords]),
  );
  useEffect(
    () =>
      registerCommands(
        newest.current.map((command) => ({
          ...command,
          run: () => newest.current.find(({ id }) => id === command.id)?.run(),
        })),
        { isDialog },
      ),
    [signature, isDialog],
  );
}

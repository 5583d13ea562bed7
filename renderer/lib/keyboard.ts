import { keysOf, listCommands, listKeyCommands, type Command } from './commands.ts';
import { isMac } from './key-names.ts';
import { areSingleKeysOn } from './single-keys.ts';

/** How long the first key of a pair waits for the second. */
const PAIR_MS = 1_500;

/** Fields that take text. A switch or a radio button takes none, so keys go on working there. */
const typingSelector = [
  'textarea',
  'select',
  'input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=range])',
  '[contenteditable]:not([contenteditable=false])',
  '[role=textbox]',
  '[role=combobox]',
  '[role=searchbox]',
  '[role=listbox]',
  '[role=menu]',
].join(',');

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(typingSelector) !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector('[role=dialog][aria-modal=true]') !== null;
}

/** "mod+k", "?", "g"; null for a key that cannot be one of ours. */
function nameKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string | null {
  if (altKey || key.length !== 1) return null;
  const isMod = isMac ? metaKey : ctrlKey;
  if ((ctrlKey || metaKey) && !isMod) return null;
  // Shift makes the character of "?", but a shifted letter is another key than the letter.
  const isShiftedLetter = shiftKey && key.toLowerCase() !== key.toUpperCase();
  if (isShiftedLetter) return null;
  return `${isMod ? 'mod+' : ''}${key.toLowerCase()}`;
}

/** Listens for the keys of all commands until the returned function is called. */
export function listenForKeys(): () => void {
  let first: Readonly<{ key: string; at: number }> | null = null;

  function find(commands: readonly Command[], key: string): Command | undefined {
    // The newest wins: a screen may use a key in its own way.
    return commands.findLast((command) => keysOf(command).includes(key));
  }

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    const key = nameKey(event);
    if (key === null) {
      first = null;
      return;
    }
    const isCombination = key.startsWith('mod+');
    if (!isCombination && (isTyping(event.target) || !areSingleKeysOn())) return;
    const commands = isCombination ? listCommands() : listKeyCommands(isDialogOpen());

    const pair = first !== null && event.timeStamp - first.at < PAIR_MS ? `${first.key} ${key}` : null;
    first = null;
    const command = (pair === null ? undefined : find(commands, pair)) ?? find(commands, key);
    if (command !== undefined) {
      event.preventDefault();
      command.run();
    } else if (commands.some((command) => keysOf(command).some((keys) => keys.startsWith(`${key} `)))) {
      first = { key, at: event.timeStamp };
    }
  }

  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

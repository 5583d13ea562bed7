export type TextChange = Readonly<{ start: number; end: number; replacement: string }>;

/**
 * Changes a textarea as if somebody had typed it, and leaves the caret behind it.
 *
 * By the one command of which the browser's own undo knows; setting the value would empty its history.
 */
export function typeInto(area: HTMLTextAreaElement, { start, end, replacement }: TextChange): void {
  area.focus();
  area.setSelectionRange(start, end);
  if (replacement !== '') document.execCommand('insertText', false, replacement);
  else if (start !== end) document.execCommand('delete');
}

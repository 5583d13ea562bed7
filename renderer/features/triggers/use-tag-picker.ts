import { useState } from 'react';
import { tags, tagsOf, type TagName, type TriggerName } from '../../../shared/domain/triggers.ts';
import { typeInto } from './edit-text.ts';

/** `from` is where the tag begins: at the brace that opened the list, or where a button did. */
type OpenList = Readonly<{ from: number; query: string; active: number }>;

export type TagPicker = Readonly<{
  from: number | null;
  options: readonly TagName[];
  active: number;
  openAt: (caret: number) => void;
  close: () => void;
  choose: (tag: TagName) => void;
  /** After each change of the text or the caret. */
  follow: (text: string, caret: number, hasTypedBrace: boolean) => void;
  /** True when the key was the list's. */
  takeKey: (key: string) => boolean;
}>;

/** The list of tags that typing a brace opens: it narrows with what is typed behind it. */
export function useTagPicker(trigger: TriggerName, area: Readonly<{ current: HTMLTextAreaElement | null }>): TagPicker {
  const [list, setList] = useState<OpenList | null>(null);
  const options = list === null ? [] : tagsOf(trigger).filter((tag) => matches(tag, list.query));
  const close = (): void => setList(null);

  function choose(tag: TagName): void {
    if (area.current === null || list === null) return;
    const { value, selectionStart } = area.current;
    // A brace that was closed already is part of what the tag replaces.
    const end = value[selectionStart] === '}' ? selectionStart + 1 : selectionStart;
    typeInto(area.current, { start: list.from, end, replacement: `{${tag}}` });
    close();
  }

  function follow(text: string, caret: number, hasTypedBrace: boolean): void {
    if (hasTypedBrace) {
      setList({ from: caret - 1, query: '', active: 0 });
      return;
    }
    if (list === null) return;
    const query = text.slice(list.from, caret).replace(/^\{/, '');
    if (caret < list.from || /[^\w ]/.test(query)) close();
    else if (query !== list.query) setList({ ...list, query, active: 0 });
  }

  function takeKey(key: string): boolean {
    if (list === null || options.length === 0) return false;
    const move = (by: number): void =>
      setList({ ...list, active: (list.active + by + options.length) % options.length });
    const active = options[list.active];
    if (key === 'ArrowDown') move(1);
    else if (key === 'ArrowUp') move(-1);
    else if (key === 'Escape') close();
    else if ((key === 'Enter' || key === 'Tab') && active !== undefined) choose(active);
    else return false;
    return true;
  }

  return {
    from: list === null || options.length === 0 ? null : list.from,
    options,
    active: list?.active ?? 0,
    openAt: (caret) => setList({ from: caret, query: '', active: 0 }),
    close,
    choose,
    follow,
    takeKey,
  };
}

function matches(tag: TagName, query: string): boolean {
  const asked = query.trim().toLowerCase();
  return tag.includes(asked.replaceAll(' ', '_')) || tags[tag].label.toLowerCase().includes(asked);
}

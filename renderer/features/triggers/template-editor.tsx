import { Button, Group, Text } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { formatCount } from '../../../shared/domain/counts.ts';
import { longestCopy, type TemplateProblem } from '../../../shared/domain/template.ts';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { markUp } from './mark-up.ts';
import { optionId, TagList } from './tag-list.tsx';
import classes from './template-editor.module.css';
import { useTagPicker } from './use-tag-picker.ts';

type TemplateEditorProps = Readonly<{
  trigger: TriggerName;
  text: string;
  problems: readonly TemplateProblem[];
  area: React.RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
  /** The one key that mends the problem at the caret, or else the first. */
  onFix: (caret: number) => void;
}>;

const LIST_GAP = 4;

/** A real textarea, so that undo, input methods and screen readers work, over a layer that marks what it holds. */
export function TemplateEditor(props: TemplateEditorProps): React.JSX.Element {
  const { trigger, text, problems, area, onChange, onFix } = props;
  const listId = useId();
  const labelId = useId();
  const picker = useTagPicker(trigger, area);
  const anchor = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  const isOpen = picker.from !== null;

  useLayoutEffect(() => {
    if (anchor.current === null) return;
    const { offsetLeft, offsetTop, offsetHeight } = anchor.current;
    setPlace({ left: offsetLeft, top: offsetTop + offsetHeight + LIST_GAP });
  }, [picker.from]);

  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500} id={labelId}>
          Copy
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconBraces size={14} aria-hidden />}
          onClick={() => {
            area.current?.focus();
            picker.openAt(area.current?.selectionStart ?? text.length);
          }}
        >
          Insert a tag
        </Button>
      </Group>
      <div className={classes['frame']}>
        <div className={classes['layer']} aria-hidden>
          {markUp(text, problems).map((piece) => (
            <Piece key={piece.start} {...piece} anchorAt={picker.from} anchor={anchor} />
          ))}
          {(picker.from === text.length || text === '') && <span ref={anchor}>{'\u200b'}</span>}
          {/* Without it a last empty line would have no height. */}
          {'\u200b'}
        </div>
        <textarea
          ref={area}
          className={classes['area']}
          aria-labelledby={labelId}
          aria-autocomplete="list"
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen ? optionId(listId, picker.active) : undefined}
          spellCheck
          maxLength={longestCopy}
          value={text}
          onChange={({ currentTarget, nativeEvent }) => {
            onChange(currentTarget.value);
            const isBrace = nativeEvent instanceof InputEvent && nativeEvent.data === '{';
            picker.follow(currentTarget.value, currentTarget.selectionStart, isBrace);
          }}
          onSelect={({ currentTarget }) => picker.follow(currentTarget.value, currentTarget.selectionStart, false)}
          onBlur={picker.close}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.altKey && event.key === 'Enter') {
              event.preventDefault();
              onFix(event.currentTarget.selectionStart);
            } else if (!event.ctrlKey && !event.metaKey && picker.takeKey(event.key)) {
              event.preventDefault();
              event.stopPropagation();
            }
          }}
        />
        {isOpen && (
          <TagList id={listId} options={picker.options} active={picker.active} place={place} onChoose={picker.choose} />
        )}
      </div>
      <div className={classes['spoken']} aria-live="polite">
        {isOpen ? `${formatCount(picker.options.length, 'tag')}. Arrow keys move, Enter inserts.` : ''}
      </div>
    </div>
  );
}

type PieceProps = ReturnType<typeof markUp>[number] &
  Readonly<{ anchorAt: number | null; anchor: React.RefObject<HTMLSpanElement | null> }>;

/** The list of tags opens under the piece that it belongs to, wherever the lines break. */
function Piece({ start, text, mark, anchorAt, anchor }: PieceProps): React.JSX.Element {
  const at = anchorAt === null ? -1 : anchorAt - start;
  const hasAnchor = at >= 0 && at < text.length;
  return (
    <span data-mark={mark ?? undefined}>
      {hasAnchor ? (
        <>
          {text.slice(0, at)}
          <span ref={anchor}>{text.slice(at, at + 1)}</span>
          {text.slice(at + 1)}
        </>
      ) : (
        text
      )}
    </span>
  );
}

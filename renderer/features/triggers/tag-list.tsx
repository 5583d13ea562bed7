import { Combobox } from '@mantine/core';
import { tagNames, tags, type TagName, type TagSpec } from '../../../shared/domain/triggers.ts';
import classes from './tag-list.module.css';

const origins: Readonly<Record<TagSpec['origin'], string>> = {
  postscript: 'filled by Postscript',
  seed: 'of this trigger',
  extra: 'of this trigger',
};

type TagListProps = Readonly<{
  id: string;
  options: readonly TagName[];
  active: number;
  place: Readonly<{ left: number; top: number }>;
  onChoose: (tag: TagName) => void;
}>;

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** The open list of tags. The keys and the focus stay with the textarea, which names the active option. */
export function TagList({ id, options, active, place, onChoose }: TagListProps): React.JSX.Element {
  return (
    <Combobox
      onOptionSubmit={(value) => {
        const tag = tagNames.find((name) => name === value);
        if (tag !== undefined) onChoose(tag);
      }}
    >
      <Combobox.Options
        id={id}
        aria-label="Tags"
        className={classes['list'] ?? ''}
        style={{ '--tag-left': `${place.left}px`, top: place.top }}
      >
        {options.map((tag, index) => (
          <Combobox.Option
            key={tag}
            value={tag}
            id={optionId(id, index)}
            aria-selected={index === active}
            className={classes['option'] ?? ''}
            ref={(option) => {
              if (index === active) option?.scrollIntoView({ block: 'nearest' });
            }}
          >
            <span className={classes['name']}>{`{${tag}}`}</span>
            <span className={classes['label']}>
              {tags[tag].label}, {origins[tags[tag].origin]}
            </span>
          </Combobox.Option>
        ))}
      </Combobox.Options>
    </Combobox>
  );
}

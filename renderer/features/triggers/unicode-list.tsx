import { Button, Group, Text } from '@mantine/core';
import { formatCount } from '../../../shared/domain/counts.ts';
import { countSegments, type UnicodeCharacter } from '../../../shared/domain/segments.ts';
import { renderMessage, type TagValues } from '../../../shared/domain/template.ts';
import type { TextChange } from './edit-text.ts';
import classes from './problem-list.module.css';

type UnicodeListProps = Readonly<{ text: string; values: TagValues; onReplace: (change: TextChange) => void }>;

const MOST_SHOWN = 12;

/** The characters that cost the whole message its cheap encoding, each with what says the same without. */
export function UnicodeList({ text, values, onReplace }: UnicodeListProps): React.JSX.Element | null {
  const culprits = countSegments(text).unicodeCharacters;
  const message = renderMessage(text, values);
  const fromValues = countSegments(message).unicodeCharacters.filter(({ character }) => !text.includes(character));
  if (culprits.length === 0 && fromValues.length === 0) return null;

  const plain = replaceAll(text, culprits);
  const saved = countSegments(message).segments - countSegments(renderMessage(plain, values)).segments;
  return (
    <div>
      <Group gap="sm" mb={4}>
        <Text size="sm" fw={600}>
          {culprits.length === 0
            ? 'Letters of this customer need Unicode'
            : `${formatCount(culprits.length, 'character needs', 'characters need')} Unicode`}
        </Text>
        {culprits.some(({ replacement }) => replacement !== null) && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onReplace({ start: 0, end: text.length, replacement: plain })}
          >
            Replace all
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        One of them is enough for the whole text to hold 70 units a segment in place of 160.
        {saved > 0 && ` Without those of the copy, this text would cost ${formatCount(saved, 'segment')} less.`}
        {fromValues.length > 0 && ` From this customer's values: ${characters(fromValues)}.`}
      </Text>
      {culprits.length > 0 && (
        <ul className={classes['problems']} aria-label="Characters that need Unicode">
          {culprits.slice(0, MOST_SHOWN).map((culprit) => (
            <li key={culprit.start} className={classes['problem']}>
              <Text size="sm" className={classes['words']}>
                <b>{nameOf(culprit)}</b> at position {culprit.start + 1}
                {culprit.replacement === null && '. Nothing plain says the same; take it out to save.'}
              </Text>
              {culprit.replacement !== null && (
                <Button size="compact-sm" variant="default" onClick={() => onReplace(toChange(culprit))}>
                  {culprit.replacement === '' ? 'Take it out' : `Replace with '${culprit.replacement}'`}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {culprits.length > MOST_SHOWN && (
        <Text size="sm" c="dimmed">
          And {culprits.length - MOST_SHOWN} more.
        </Text>
      )}
    </div>
  );
}

function toChange({ start, character, replacement }: UnicodeCharacter): TextChange {
  return { start, end: start + character.length, replacement: replacement ?? '' };
}

/** From the end, so that no place moves before its turn. What has no replacement stays. */
function replaceAll(text: string, culprits: readonly UnicodeCharacter[]): string {
  return culprits.reduceRight(
    (changed, { start, character, replacement }) =>
      replacement === null ? changed : changed.slice(0, start) + replacement + changed.slice(start + character.length),
    text,
  );
}

function characters(found: readonly UnicodeCharacter[]): string {
  return [...new Set(found.map(nameOf))].slice(0, MOST_SHOWN).join(' ');
}

/** What cannot be seen is told by its number. */
function nameOf({ character }: UnicodeCharacter): string {
  const isSeen = /[^\p{Z}\p{C}]/u.test(character);
  return isSeen ? character : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

import { ActionIcon, Text, useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconMoon, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { splitSegments } from '../../../shared/domain/segments.ts';
import { renderParts, shopPrefix, type TagValues } from '../../../shared/domain/template.ts';
import classes from './phone-preview.module.css';

type PhonePreviewProps = Readonly<{ text: string; values: TagValues; isSplit: boolean }>;

/** A bubble on a phone with its own light and dark. No ticks and no time: nothing was sent. */
export function PhonePreview({ text, values, isSplit }: PhonePreviewProps): React.JSX.Element {
  const computed = useComputedColorScheme('light');
  const [chosen, setChosen] = useState<'light' | 'dark' | null>(null);
  const scheme = chosen ?? computed;
  const parts = renderParts(text, values);
  const rendered = parts.map((part) => part.text).join('');
  const prefix = shopPrefix(rendered, values['shop_name'] ?? '');
  const gaps = [...new Set(parts.flatMap(({ gap }) => (gap === null ? [] : [gap])))];
  const other = scheme === 'light' ? 'dark' : 'light';

  return (
    <div>
      <div className={classes['phone']} data-scheme={scheme}>
        <div className={classes['head']}>
          <span className={classes['sender']}>{values['shop_name'] ?? 'Your shop'}</span>
          <ActionIcon
            variant="transparent"
            className={classes['scheme'] ?? ''}
            aria-label={`Show the phone in ${other}`}
            onClick={() => setChosen(other)}
          >
            {scheme === 'light' ? <IconMoon size={16} aria-hidden /> : <IconSun size={16} aria-hidden />}
          </ActionIcon>
        </div>
        {rendered === '' && <p className={classes['nothing']}>Nothing to show yet.</p>}
        {rendered !== '' && !isSplit && (
          <div className={classes['bubble']}>
            {prefix !== '' && <span className={classes['prefix']}>{prefix}</span>}
            {parts.map((part, index) => (
              // Parts have no identity of their own beyond their place.
              <PreviewPart key={index} text={part.text} gap={part.gap} />
            ))}
          </div>
        )}
        {isSplit &&
          splitSegments(prefix + rendered).map((segment, index) => (
            <div key={index} className={classes['bubble']}>
              <span className={classes['number']}>Segment {index + 1}</span>
              {segment}
            </div>
          ))}
      </div>
      <div className={classes['notes']}>
        {gaps.map((gap) => (
          <Text key={gap} size="xs" className={classes['warning']} component="p">
            <IconAlertTriangle size={14} aria-hidden /> No value for {`{${gap}}`}: the phone may show a gap, or the tag
            as written.
          </Text>
        ))}
        <Text size="xs" c="dimmed" component="p">
          {prefix === ''
            ? 'An estimate: Postscript holds the live copy.'
            : 'An estimate: Postscript holds the live copy. It documents that it puts the shop’s name in front for its API; for automations nothing is written. The name is counted here.'}
        </Text>
      </div>
    </div>
  );
}

function PreviewPart({ text, gap }: Readonly<{ text: string; gap: string | null }>): React.JSX.Element {
  if (gap === null || text !== '') return <>{text}</>;
  return (
    <span className={classes['gap']} title={`{${gap}}`}>
      <VisuallyHidden>(gap: no value for {gap})</VisuallyHidden>
    </span>
  );
}

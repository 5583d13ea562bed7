import { Button } from '@mantine/core';
import { useContext, useState } from 'react';
import type { AppError } from '../../shared/result.ts';
import { describeFailure } from '../lib/error-details.ts';
import { currentScreen } from '../lib/hash-location.ts';
import { StatusContext } from '../lib/status.ts';
import { RawText } from './raw-text.tsx';

type CopyDetailsProps = Readonly<{ failure: AppError; title: string }>;

/** Copies what is known about a failure; where the browser forbids that, shows it to be copied by hand. */
export function CopyDetails({ failure, title }: CopyDetailsProps): React.JSX.Element {
  // Also shown when the status itself could not be read.
  const version = useContext(StatusContext)?.version ?? 'not known';
  // When it is first shown is when it happened, as near as the console knows.
  const [at] = useState(Date.now);
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'forbidden'>('none');
  const details = describeFailure({ failure, title, version, screen: currentScreen(), at });

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(details);
      setOutcome('copied');
    } catch {
      setOutcome('forbidden');
    }
  }

  return (
    <>
      <Button size="xs" variant="default" onClick={() => void copy()}>
        <span aria-live="polite">{outcome === 'copied' ? 'Copied' : 'Copy details'}</span>
      </Button>
      {outcome === 'forbidden' && <RawText>{details}</RawText>}
    </>
  );
}

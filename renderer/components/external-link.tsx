import { Anchor } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { externalLinks, type ExternalLinkName } from '../../shared/external-links.ts';

type ExternalLinkProps = Readonly<{ to: ExternalLinkName; children: string }>;

/** A link to a page of somebody else's, in the browser. Which pages there are is written in one place for every host. */
export function ExternalLink({ to, children }: ExternalLinkProps): React.JSX.Element {
  return (
    <Anchor href={externalLinks[to]} target="_blank" rel="noreferrer" underline="always" inherit>
      {children} <IconExternalLink size="1em" aria-label="Opens in the browser" style={{ verticalAlign: '-0.125em' }} />
    </Anchor>
  );
}

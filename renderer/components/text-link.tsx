import { Anchor } from '@mantine/core';
import { Link } from 'wouter';

type TextLinkProps = Readonly<{ to: string; children: React.ReactNode; title?: string }>;

/** A link to a screen of the console. Underlined: colour alone does not make a link. */
export function TextLink({ to, children, title }: TextLinkProps): React.JSX.Element {
  return (
    <Anchor
      underline="always"
      inherit
      {...(title === undefined ? {} : { title })}
      renderRoot={(props) => <Link {...props} href={to} />}
    >
      {children}
    </Anchor>
  );
}

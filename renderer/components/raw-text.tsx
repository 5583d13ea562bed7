import classes from './raw-text.module.css';

/** A request or an answer to the letter. Wraps and never scrolls, so that it needs no keyboard stop of its own. */
export function RawText({ children }: Readonly<{ children: string }>): React.JSX.Element {
  return <pre className={classes['raw']}>{children}</pre>;
}

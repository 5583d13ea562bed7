import classes from './clip.module.css';

const TITLE_LIMIT = 400;

/** Text from the outside on one line. Names can be thousands of characters long; the rest is in the title. */
export function Clip({
  text,
  className,
}: Readonly<{ text: string; className?: string | undefined }>): React.JSX.Element {
  const title = text.length > TITLE_LIMIT ? `${text.slice(0, TITLE_LIMIT)}…` : text;
  // The whole text would still be laid out to be cut off.
  return (
    <span className={[classes['clip'], className].filter(Boolean).join(' ')} title={title}>
      {title}
    </span>
  );
}

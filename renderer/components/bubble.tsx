import classes from './bubble.module.css';

type BubbleProps = Readonly<{
  side: 'to_customer' | 'from_customer';
  children: string;
  /** Under the bubble: the time, or that the copy is an estimate. */
  note?: React.ReactNode;
}>;

/** A text as a phone shows it. No delivery ticks: nobody told us that it arrived. */
export function Bubble({ side, children, note }: BubbleProps): React.JSX.Element {
  return (
    <div className={classes['row']} data-side={side}>
      <div className={classes['bubble']}>{children}</div>
      {note !== undefined && <div className={classes['note']}>{note}</div>}
    </div>
  );
}

/** Postscript's automation holds the copy that is really sent; ours is only what it would say from the template here. */
export const estimateNote = 'Estimate from the template here. Postscript holds the live copy.';

import classes from './facts.module.css';

export type Fact = Readonly<{
  label: string;
  value: React.ReactNode;
  /** The label is a tag's name, not words. */
  isTag?: boolean;
}>;

/** Labels and values in two columns. */
export function Facts({ facts }: Readonly<{ facts: readonly Fact[] }>): React.JSX.Element {
  return (
    <dl className={classes['facts']}>
      {facts.map(({ label, value, isTag = false }) => (
        <div key={label} className={classes['fact']}>
          <dt className={isTag ? classes['tag'] : undefined}>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
